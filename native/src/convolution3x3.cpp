// The operator atelier::convolution3x3: a 3x3 convolution with margin 1, alone, after enlarging or before averaging.
#include "winograd/convolution.h"

#include <ATen/ATen.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

namespace atelier {
namespace {

using winograd::join;

join join_of(int64_t resampling) {
  TORCH_CHECK(
      resampling >= -1 && resampling <= 1, "resampling is ", resampling,
      "; expected 1 (enlarge before), 0 or -1 (average after)");
  return resampling == 1 ? join::upsample : resampling == -1 ? join::pool : join::none;
}

// The readable definition, which also serves every tensor that the kernels do not take. Averaging after the convolution
// is one convolution with stride 2 whose 4x4 kernel is the mean of the 3x3 kernel at its four places.
at::Tensor by_definition(join kind, const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias) {
  if (kind == join::pool) {
    const auto spread = at::constant_pad_nd(weight, {0, 1, 0, 1}) + at::constant_pad_nd(weight, {1, 0, 0, 1}) +
        at::constant_pad_nd(weight, {0, 1, 1, 0}) + at::constant_pad_nd(weight, {1, 0, 1, 0});
    return at::conv2d(input, spread * 0.25, bias, 2, 1);
  }
  const auto given = kind == join::none
      ? input
      : at::upsample_nearest2d(input, at::IntArrayRef({input.size(2) * 2, input.size(3) * 2}));
  return at::conv2d(given, weight, bias, 1, 1);
}

struct convolution : torch::autograd::Function<convolution> {
  static at::Tensor forward(
      torch::autograd::AutogradContext* context, const at::Tensor& input, const at::Tensor& weight,
      const at::Tensor& bias, int64_t resampling) {
    context->save_for_backward({input, weight});
    context->saved_data["resampling"] = resampling;
    context->saved_data["biased"] = bias.defined();
    at::AutoDispatchBelowADInplaceOrView below;
    return winograd::convolve(join_of(resampling), input, weight, bias);
  }

  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext* context, torch::autograd::variable_list output_grads) {
    const auto saved = context->get_saved_variables();
    const auto &input = saved[0], &weight = saved[1], &grad = output_grads[0];
    const auto kind = join_of(context->saved_data["resampling"].toInt());
    const bool for_input = context->needs_input_grad(0), for_weight = context->needs_input_grad(1);
    at::Tensor by_input, by_weight, by_bias;
    if (at::GradMode::is_enabled()) {
      // A gradient of this gradient is wanted: it is taken through the definition, which autograd can follow.
      std::vector<at::Tensor> sought;
      if (for_input) sought.push_back(input);
      if (for_weight) sought.push_back(weight);
      if (!sought.empty()) {
        const auto found = torch::autograd::grad(
            {by_definition(kind, input, weight, {})}, sought, {grad}, c10::nullopt, /*create_graph=*/true);
        if (for_input) by_input = found.front();
        if (for_weight) by_weight = found.back();
      }
    } else {
      if (for_input) by_input = winograd::input_grad(kind, grad, weight);
      if (for_weight) by_weight = winograd::weight_grad(kind, input, grad);
    }
    if (context->saved_data["biased"].toBool() && context->needs_input_grad(2)) by_bias = grad.sum({0, 2, 3});
    return {by_input, by_weight, by_bias, at::Tensor()};
  }
};

at::Tensor convolution3x3(
    const at::Tensor& input, const at::Tensor& weight, const c10::optional<at::Tensor>& bias, int64_t resampling) {
  const auto kind = join_of(resampling);
  const auto shift = bias.value_or(at::Tensor());
  // Under autocast the matrix units of the processor are what was asked for.
  if (at::autocast::is_cpu_enabled() || !winograd::suits(kind, input, weight))
    return by_definition(kind, input, weight, shift);
  return convolution::apply(input, weight, shift, resampling);
}

}  // namespace
}  // namespace atelier

TORCH_LIBRARY(atelier, library) {
  library.def("convolution3x3(Tensor input, Tensor weight, Tensor? bias=None, int resampling=0) -> Tensor");
}

TORCH_LIBRARY_IMPL(atelier, CompositeImplicitAutograd, library) {
  library.impl("convolution3x3", atelier::convolution3x3);
}
