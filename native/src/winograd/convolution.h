// 3x3 convolution with margin 1 over tensors, forward and backward, by the kernels of this folder.
#pragma once

#include "kernels.h"

#include <ATen/core/Tensor.h>

namespace atelier::winograd {

// Whether the kernels can take this: float32 on a processor that has them, channels in whole panels, even sides.
bool suits(join kind, const at::Tensor& input, const at::Tensor& weight);

// [N, I, H, W] and [O, I, 3, 3] to [N, O, H', W'], channels-last; a bias [O] may be undefined.
at::Tensor convolve(join kind, const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias);

// The gradient of `convolve` by its input, from that by its output.
at::Tensor input_grad(join kind, const at::Tensor& output_grad, const at::Tensor& weight);

struct parameter_grads {
  at::Tensor weight;  // [O, I, 3, 3], contiguous
  at::Tensor bias;    // [O]
};

// The gradients of `convolve` by its weight and bias, float32.
parameter_grads correlate(join kind, const at::Tensor& input, const at::Tensor& output_grad);

}  // namespace atelier::winograd
