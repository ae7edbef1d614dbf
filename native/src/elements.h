// Tensors of float32 and bfloat16 as the kernels take them.
#pragma once

#include "brain.h"

#include <ATen/core/Tensor.h>

namespace atelier {

// Whether the kernels have a version for the tensor's type.
inline bool has_kernels(const at::Tensor& tensor) {
  return tensor.scalar_type() == at::kFloat || tensor.scalar_type() == at::kBFloat16;
}

// Calls body with an element of the tensor's type, which chooses that version.
template <typename Body>
auto with_element(const at::Tensor& tensor, Body&& body) {
  return tensor.scalar_type() == at::kBFloat16 ? body(brain{}) : body(float{});
}

template <typename Element>
Element* elements(const at::Tensor& tensor, Element) {
  return static_cast<Element*>(tensor.data_ptr());
}

}  // namespace atelier
