#include "guard.h"

#include <ATen/autocast_mode.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/version.h>

#include <vector>

using atelier::borrow;
using atelier::borrow_or_undefined;
using atelier::give;
using atelier::guarded;

namespace {

using variables = std::vector<at::Tensor>;

variables borrow_all(void* const* tensors, int32_t count) {
  variables list;
  list.reserve(count);
  for (int32_t k = 0; k < count; k++) list.push_back(borrow(tensors[k]));
  return list;
}

variables borrow_grads(void* const* grads, int32_t count) {
  variables list;
  if (grads == nullptr) return list;
  list.reserve(count);
  for (int32_t k = 0; k < count; k++) list.push_back(borrow_or_undefined(grads[k]));
  return list;
}

// The autocast functions took a device type from libtorch 2.4 on.
#define ATL_AUTOCAST_BY_DEVICE (TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4))

[[maybe_unused]] bool is_cpu(int32_t device_type) {
  return static_cast<c10::DeviceType>(device_type) == c10::DeviceType::CPU;
}

}  // namespace

int32_t atl_backward(
    void* const* outputs, int32_t output_count, void* const* output_grads, int32_t retain_graph, int32_t create_graph) {
  return guarded([&] {
    torch::autograd::backward(
        borrow_all(outputs, output_count), borrow_grads(output_grads, output_count), retain_graph != 0,
        create_graph != 0);
  });
}

int32_t atl_grad(
    void* const* outputs, int32_t output_count, void* const* inputs, int32_t input_count, void* const* output_grads,
    int32_t retain_graph, int32_t create_graph, int32_t allow_unused, void** grads) {
  return guarded([&] {
    auto found = torch::autograd::grad(
        borrow_all(outputs, output_count), borrow_all(inputs, input_count), borrow_grads(output_grads, output_count),
        retain_graph != 0, create_graph != 0, allow_unused != 0);
    for (int32_t k = 0; k < input_count; k++) grads[k] = give(std::move(found[k]));
  });
}

int32_t atl_grad_mode_get(int32_t* enabled) {
  return guarded([&] { *enabled = c10::GradMode::is_enabled() ? 1 : 0; });
}

int32_t atl_grad_mode_set(int32_t enabled) {
  return guarded([&] { c10::GradMode::set_enabled(enabled != 0); });
}

int32_t atl_autocast_get(int32_t device_type, int32_t* enabled, int32_t* dtype) {
  return guarded([&] {
#if ATL_AUTOCAST_BY_DEVICE
    const auto type = static_cast<c10::DeviceType>(device_type);
    *enabled = at::autocast::is_autocast_enabled(type) ? 1 : 0;
    *dtype = static_cast<int32_t>(at::autocast::get_autocast_dtype(type));
#else
    *enabled = (is_cpu(device_type) ? at::autocast::is_cpu_enabled() : at::autocast::is_enabled()) ? 1 : 0;
    *dtype = static_cast<int32_t>(
        is_cpu(device_type) ? at::autocast::get_autocast_cpu_dtype() : at::autocast::get_autocast_gpu_dtype());
#endif
  });
}

int32_t atl_autocast_set(int32_t device_type, int32_t enabled, int32_t dtype) {
  return guarded([&] {
    const auto scalar_type = static_cast<at::ScalarType>(dtype);
#if ATL_AUTOCAST_BY_DEVICE
    const auto type = static_cast<c10::DeviceType>(device_type);
    at::autocast::set_autocast_enabled(type, enabled != 0);
    at::autocast::set_autocast_dtype(type, scalar_type);
#else
    if (is_cpu(device_type)) {
      at::autocast::set_cpu_enabled(enabled != 0);
      at::autocast::set_autocast_cpu_dtype(scalar_type);
    } else {
      at::autocast::set_enabled(enabled != 0);
      at::autocast::set_autocast_gpu_dtype(scalar_type);
    }
#endif
  });
}

int32_t atl_autocast_clear_cache(void) {
  return guarded([&] { at::autocast::clear_cache(); });
}
