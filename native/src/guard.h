// The wall that no exception passes, and the small conversions every source file here needs.
#pragma once

#include "atelier_native.h"

#include <ATen/core/Tensor.h>
#include <c10/core/TensorImpl.h>

#include <string>
#include <utility>

namespace atelier {

void set_error(const std::string& message);
int32_t record_current_exception() noexcept;

// Runs a body and turns whatever it throws into a status and a message.
template <typename Body>
int32_t guarded(Body&& body) noexcept {
  try {
    std::forward<Body>(body)();
    return ATL_OK;
  } catch (...) {
    return record_current_exception();
  }
}

struct bad_argument : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// A second reference to a tensor whose first one the caller keeps.
inline at::Tensor borrow(void* impl) {
  if (impl == nullptr) throw bad_argument("a tensor handle is null");
  return at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim_copy(
      static_cast<c10::TensorImpl*>(impl)));
}

inline at::Tensor borrow_or_undefined(void* impl) {
  return impl == nullptr ? at::Tensor() : borrow(impl);
}

// Hands the tensor's own reference to the caller; an undefined tensor becomes null.
inline void* give(at::Tensor tensor) {
  return tensor.defined() ? static_cast<void*>(tensor.unsafeReleaseTensorImpl()) : nullptr;
}

inline c10::Device device_of(int32_t type, int32_t index) {
  return c10::Device(static_cast<c10::DeviceType>(type), static_cast<c10::DeviceIndex>(index));
}

}  // namespace atelier
