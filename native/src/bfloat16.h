// bfloat16 on processors without units for it: tensors are kept in it, at half the memory, and all arithmetic is float32.
// libtorch would emulate bfloat16 arithmetic instead, several times slower than float32.
#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/stack.h>

#include <string>

namespace atelier {

// Whether the processor multiplies bfloat16 (AVX512_BF16 or AMX).
bool has_bfloat16_units();

// Whether autocast asks this thread for bfloat16 and the processor can only store it.
bool only_stores_bfloat16();

// Whether autocast runs the ATen operator of this name in bfloat16.
bool is_cast_to_bfloat16(const std::string& name);

// Calls such an operator: operands widened to float32, results rounded to bfloat16.
void call_widened(const c10::OperatorHandle& op, torch::jit::Stack& stack);

// at::conv2d in this way. For its gradient it keeps the input as bfloat16.
at::Tensor widened_conv2d(
    const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias, at::IntArrayRef stride,
    at::IntArrayRef padding, at::IntArrayRef dilation = 1, int64_t groups = 1);

}  // namespace atelier
