#include "bfloat16.h"

#include <ATen/ATen.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>

#include <algorithm>
#include <array>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace atelier {
namespace {

using no_autocast = c10::impl::ExcludeDispatchKeyGuard;

bool ask_processor() {
#if defined(__x86_64__)
  // CPUID leaf 7: AMX-BF16 is EDX bit 22 of subleaf 0, AVX512_BF16 is EAX bit 5 of subleaf 1.
  unsigned eax = 0, ebx = 0, ecx = 0, edx = 0;
  if (__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) != 0 && (edx >> 22 & 1) != 0) return true;
  return __get_cpuid_count(7, 1, &eax, &ebx, &ecx, &edx) != 0 && (eax >> 5 & 1) != 0;
#else
  return false;
#endif
}

at::Tensor widened(const at::Tensor& tensor) { return tensor.defined() ? tensor.to(at::kFloat) : tensor; }

struct convolution_of_stored : torch::autograd::Function<convolution_of_stored> {
  static at::Tensor forward(
      torch::autograd::AutogradContext* context, const at::Tensor& input, const at::Tensor& weight,
      const c10::optional<at::Tensor>& bias, std::vector<int64_t> stride, std::vector<int64_t> padding,
      std::vector<int64_t> dilation, int64_t groups) {
    context->save_for_backward({input, weight});
    context->saved_data["stride"] = stride;
    context->saved_data["padding"] = padding;
    context->saved_data["dilation"] = dilation;
    context->saved_data["groups"] = groups;
    context->saved_data["biased"] = bias.has_value();
    at::AutoDispatchBelowADInplaceOrView below;
    no_autocast plain(c10::DispatchKey::AutocastCPU);
    return at::conv2d(
               widened(input), widened(weight), widened(bias.value_or(at::Tensor())), stride, padding, dilation, groups)
        .to(at::kBFloat16);
  }

  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext* context, torch::autograd::variable_list output_grads) {
    no_autocast plain(c10::DispatchKey::AutocastCPU);
    const auto saved = context->get_saved_variables();
    const auto &input = saved[0], &weight = saved[1];
    const auto grad = widened(output_grads[0]);
    const auto stride = context->saved_data["stride"].toIntVector();
    const auto padding = context->saved_data["padding"].toIntVector();
    const auto dilation = context->saved_data["dilation"].toIntVector();
    const auto groups = context->saved_data["groups"].toInt();
    const std::array<bool, 3> wanted{
        context->needs_input_grad(0), context->needs_input_grad(1),
        context->saved_data["biased"].toBool() && context->needs_input_grad(2)};
    torch::autograd::variable_list grads(7);
    if (at::GradMode::is_enabled()) {
      // A gradient of this gradient is wanted: it is taken through the definition, which autograd can follow.
      std::vector<at::Tensor> sought;
      for (int k = 0; k < 2; k++)
        if (wanted[k]) sought.push_back(saved[k]);
      if (!sought.empty()) {
        const auto output = at::conv2d(widened(input), widened(weight), {}, stride, padding, dilation, groups);
        const auto found = torch::autograd::grad({output}, sought, {grad}, c10::nullopt, /*create_graph=*/true);
        if (wanted[0]) grads[0] = found.front();
        if (wanted[1]) grads[1] = found.back();
      }
      if (wanted[2]) grads[2] = grad.sum({0, 2, 3});
      return grads;
    }
    const auto found = at::convolution_backward(
        grad, widened(input), widened(weight), c10::nullopt, stride, padding, dilation, /*transposed=*/false, {0, 0},
        groups, {wanted[0], wanted[1], false});
    if (wanted[0]) grads[0] = std::get<0>(found).to(input.scalar_type());
    if (wanted[1]) grads[1] = std::get<1>(found).to(weight.scalar_type());
    if (wanted[2]) grads[2] = grad.sum({0, 2, 3});
    return grads;
  }
};

void call_conv2d(torch::jit::Stack& stack) {
  using torch::jit::peek;
  const auto tensor = [&](size_t k) {
    const auto& value = peek(stack, k, 7);
    return value.isNone() ? at::Tensor() : value.toTensor();
  };
  auto result = widened_conv2d(
      tensor(0), tensor(1), tensor(2), peek(stack, 3, 7).toIntVector(), peek(stack, 4, 7).toIntVector(),
      peek(stack, 5, 7).toIntVector(), peek(stack, 6, 7).toInt());
  torch::jit::drop(stack, 7);
  stack.emplace_back(std::move(result));
}

}  // namespace

bool has_bfloat16_units() {
  static const bool found = ask_processor();
  return found;
}

bool only_stores_bfloat16() {
  return at::autocast::is_cpu_enabled() && at::autocast::get_autocast_cpu_dtype() == at::kBFloat16 &&
      !has_bfloat16_units();
}

bool is_cast_to_bfloat16(const std::string& name) {
  static const std::array names{"aten::conv2d", "aten::linear", "aten::matmul", "aten::mm",
                                "aten::bmm",    "aten::addmm",  "aten::baddbmm"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

void call_widened(const c10::OperatorHandle& op, torch::jit::Stack& stack) {
  if (op.operator_name().name == "aten::conv2d" && torch::jit::peek(stack, 4, 7).isIntList()) return call_conv2d(stack);
  for (auto& value : stack)
    if (value.isTensor() && value.toTensor().scalar_type() == at::kBFloat16) value = widened(value.toTensor());
  no_autocast plain(c10::DispatchKey::AutocastCPU);
  op.callBoxed(&stack);
  for (auto& value : stack)
    if (value.isTensor() && value.toTensor().scalar_type() == at::kFloat) value = value.toTensor().to(at::kBFloat16);
}

at::Tensor widened_conv2d(
    const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias, at::IntArrayRef stride,
    at::IntArrayRef padding, at::IntArrayRef dilation, int64_t groups) {
  return convolution_of_stored::apply(
      input.to(at::kBFloat16), weight, bias.defined() ? c10::optional<at::Tensor>(bias) : c10::nullopt, stride.vec(),
      padding.vec(), dilation.vec(), groups);
}

}  // namespace atelier
