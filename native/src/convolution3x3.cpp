// The operator atelier::convolution3x3: a 3x3 convolution with margin 1, alone, after enlarging or before averaging.
#include "bfloat16.h"
#include "definitions.h"
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

// The readable definition, which also serves the small tensors that the kernels do not take.
at::Tensor by_definition(join kind, const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias) {
  const auto given = kind == join::upsample
      ? at::upsample_nearest2d(input, at::IntArrayRef({input.size(2) * 2, input.size(3) * 2}))
      : input;
  const auto output =
      only_stores_bfloat16() ? widened_conv2d(given, weight, bias, 1, 1) : at::conv2d(given, weight, bias, 1, 1);
  return kind == join::pool ? at::avg_pool2d(output, 2) : output;
}

// The sum of a 3x3 kernel at the four places where a 2x2 square of pixels puts it: [.., 3, 3] to [.., 4, 4].
at::Tensor at_four_places(const at::Tensor& weight) {
  return at::constant_pad_nd(weight, {0, 1, 0, 1}) + at::constant_pad_nd(weight, {1, 0, 0, 1}) +
      at::constant_pad_nd(weight, {0, 1, 1, 0}) + at::constant_pad_nd(weight, {1, 0, 1, 0});
}

// After enlarging, the three rows of the kernel meet only two rows of the small picture: the even rows of the result see
// w0 of one and w1 + w2 of the next, the odd ones w0 + w1 and w2. [.., 3] to two of [.., 2], stacked in front.
at::Tensor even_and_odd(const at::Tensor& weight) {
  const auto w = weight.unbind(-1);
  return at::stack({at::stack({w[0], w[1] + w[2]}, -1), at::stack({w[0] + w[1], w[2]}, -1)});
}

// Enlarging and convolution as one 2x2 convolution of the small picture, whose outputs are the four pixels that each
// pixel becomes; libtorch has no bfloat16 transposed convolution on the processor.
at::Tensor enlarge_by_phases(const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias) {
  const auto images = input.size(0), height = input.size(2), width = input.size(3), outputs = weight.size(0);
  const auto columns = even_and_odd(weight);                                       // [b, O, I, 3, 2]
  const auto kernels = even_and_odd(columns.transpose(-1, -2)).transpose(-1, -2);  // [a, b, O, I, 2, 2]
  const auto phases = at::conv2d(
                          input, kernels.flatten(0, 2), bias.defined() ? bias.repeat(4) : bias, 1, 1)
                          .permute({0, 2, 3, 1})
                          .reshape({images, height + 1, width + 1, 2, 2, outputs});
  const auto phase = [&](int64_t a, int64_t b) {
    return phases.slice(1, a, a + height).slice(2, b, b + width).select(3, a).select(3, b);
  };
  const auto even = at::stack({phase(0, 0), phase(0, 1)}, 3), odd = at::stack({phase(1, 0), phase(1, 1)}, 3);
  return at::stack({even, odd}, 2).reshape({images, 2 * height, 2 * width, outputs}).permute({0, 3, 1, 2});
}

// The same function by ATen's convolutions with 2.25 times fewer multiplications where a change of size is joined to it:
// on a GPU, and on processors whose matrix units autocast asks for.
at::Tensor by_larger_kernels(join kind, const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias) {
  switch (kind) {
    case join::pool:
      return at::conv2d(input, at_four_places(weight) * 0.25, bias, 2, 1);
    case join::upsample:
      if (!input.is_cuda()) return enlarge_by_phases(input, weight, bias);
      return at::conv_transpose2d(input, at_four_places(weight.flip({2, 3}).transpose(0, 1)), bias, 2, 1);
    default:
      return by_definition(kind, input, weight, bias);
  }
}

struct convolution : torch::autograd::Function<convolution> {
  static at::Tensor forward(
      torch::autograd::AutogradContext* context, const at::Tensor& input, const at::Tensor& weight,
      const c10::optional<at::Tensor>& bias, int64_t resampling) {
    context->save_for_backward({input, weight});
    context->saved_data["resampling"] = resampling;
    context->saved_data["biased"] = bias.has_value();
    at::AutoDispatchBelowADInplaceOrView below;
    return winograd::convolve(join_of(resampling), input, weight, bias.value_or(at::Tensor()));
  }

  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext* context, torch::autograd::variable_list output_grads) {
    const auto saved = context->get_saved_variables();
    const auto &input = saved[0], &weight = saved[1], &grad = output_grads[0];
    const auto kind = join_of(context->saved_data["resampling"].toInt());
    const bool for_input = context->needs_input_grad(0), for_weight = context->needs_input_grad(1);
    const bool for_bias = context->saved_data["biased"].toBool() && context->needs_input_grad(2);
    at::Tensor by_input, by_weight, by_bias;
    if (at::GradMode::is_enabled()) {
      // A gradient of this gradient is wanted: it is taken through the definition, which autograd can follow.
      std::vector<at::Tensor> sought;
      if (for_input) sought.push_back(input);
      if (for_weight) sought.push_back(weight);
      if (!sought.empty()) {
        const auto found = torch::autograd::grad(
            {by_definition(kind, input.to(weight.scalar_type()), weight, {})}, sought, {grad.to(weight.scalar_type())},
            c10::nullopt, /*create_graph=*/true);
        if (for_input) by_input = found.front();
        if (for_weight) by_weight = found.back();
      }
    } else {
      if (for_input) by_input = winograd::input_grad(kind, grad, weight);
      if (for_weight) {
        const auto found = winograd::correlate(kind, input, grad);
        by_weight = found.weight;
        by_bias = found.bias;
      }
    }
    if (for_bias && !by_bias.defined()) by_bias = grad.sum({0, 2, 3}, /*keepdim=*/false, at::kFloat);
    return {by_input, by_weight, for_bias ? by_bias : at::Tensor(), at::Tensor()};
  }
};

// By the kernels, where they can take it, and else by the definition.
at::Tensor by_kernels(
    join kind, int64_t resampling, const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias) {
  const auto apply = [&](const at::Tensor& kernel, const at::Tensor& shift) {
    return convolution::apply(
        input, kernel, shift.defined() ? c10::optional<at::Tensor>(shift) : c10::nullopt, resampling);
  };
  if (winograd::suits(kind, input, weight)) return apply(weight, bias);
  if (weight.dim() == 4 && weight.size(0) % panel != 0) {
    // The kernels make whole panels of outputs; one for the three channels of a picture costs less than libtorch's three.
    const auto missing = panel - weight.size(0) % panel;
    const auto whole = at::constant_pad_nd(weight, {0, 0, 0, 0, 0, 0, 0, missing});
    if (winograd::suits(kind, input, whole))
      return apply(whole, bias.defined() ? at::constant_pad_nd(bias, {0, missing}) : bias)
          .narrow(1, 0, weight.size(0))
          .contiguous(at::MemoryFormat::ChannelsLast);
  }
  return by_definition(kind, input, weight, bias);
}

at::Tensor convolution3x3(
    const at::Tensor& input, const at::Tensor& weight, const c10::optional<at::Tensor>& bias, int64_t resampling) {
  const auto kind = join_of(resampling);
  const auto shift = bias.value_or(at::Tensor());
  if (definitions_only()) return by_definition(kind, input, weight, shift);
  const bool only_stored = only_stores_bfloat16();
  if (input.is_cuda() || (at::autocast::is_cpu_enabled() && !only_stored))
    return by_larger_kernels(kind, input, weight, shift);
  return by_kernels(kind, resampling, only_stored ? input.to(at::kBFloat16) : input, weight, shift);
}

}  // namespace
}  // namespace atelier

TORCH_LIBRARY_FRAGMENT(atelier, library) {
  library.def("convolution3x3(Tensor input, Tensor weight, Tensor? bias=None, int resampling=0) -> Tensor");
}

TORCH_LIBRARY_IMPL(atelier, CompositeImplicitAutograd, library) {
  library.impl("convolution3x3", atelier::convolution3x3);
}
