// The operator atelier::batch_norm_relu: BatchNorm, a gain and bias for each image or for all, and ReLU, in two passes
// over the input instead of five, and without keeping anything but the input for the gradient.
#include "norm/kernels.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

namespace atelier {
namespace {

using norm::kernels;

// Moments of a batch: [C] each, in float32.
struct statistics {
  at::Tensor mean;
  at::Tensor deviation;  // 1 / sqrt(variance + epsilon)
};

norm::shape shape_of(const at::Tensor& input) {
  return {input.size(0), input.size(2) * input.size(3), input.size(1)};
}

bool suits(const at::Tensor& input, const at::Tensor& gain, const at::Tensor& bias) {
  const auto is_plain = [](const at::Tensor& t) { return t.device().is_cpu() && t.scalar_type() == at::kFloat; };
  return kernels() != nullptr && input.dim() == 4 && input.size(1) % norm::panel == 0 && input.numel() > 0 &&
      is_plain(input) && is_plain(gain) && is_plain(bias);
}

at::Tensor spread(const at::Tensor& factor) {
  return factor.dim() == 1 ? factor.reshape({1, -1, 1, 1}) : factor.unsqueeze(-1).unsqueeze(-1);
}

// The readable definition.
at::Tensor by_definition(
    const at::Tensor& input, const at::Tensor& gain, const at::Tensor& bias, const at::Tensor& running_mean,
    const at::Tensor& running_variance, bool training, double momentum, double epsilon) {
  const auto normalized =
      at::batch_norm(input, {}, {}, running_mean, running_variance, training, momentum, epsilon, /*cudnn=*/true);
  return (normalized * spread(gain).to(normalized.dtype()) + spread(bias).to(normalized.dtype())).relu();
}

// Mean and variance over the batch, from those of its images (Chan, Golub and LeVeque 1979): the order of the sums does
// not depend on the number of threads.
statistics gather(
    const at::Tensor& input, const at::Tensor& running_mean, const at::Tensor& running_variance, double momentum,
    double epsilon) {
  const auto s = shape_of(input);
  const auto exact = input.options().dtype(at::kDouble);
  const auto means = at::empty({s.images, s.channels}, exact), squares = at::empty({s.images, s.channels}, exact);
  at::parallel_for(0, s.images, 1, [&](int64_t first, int64_t last) {
    kernels()->moments(
        s, input.data_ptr<float>(), first, last, means.data_ptr<double>(), squares.data_ptr<double>());
  });
  const auto mean = means.mean(0);
  const auto sum = squares.sum(0) + (means - mean).square().sum(0) * static_cast<double>(s.pixels);
  const auto count = static_cast<double>(s.images * s.pixels);
  if (running_mean.defined()) {
    running_mean.lerp_(mean.to(at::kFloat), momentum);
    running_variance.lerp_((sum / std::max(count - 1, 1.0)).to(at::kFloat), momentum);
  }
  return {mean.to(at::kFloat), (sum / count + epsilon).rsqrt().to(at::kFloat)};
}

struct batch_norm_relu_function : torch::autograd::Function<batch_norm_relu_function> {
  // `gain` and `bias` are [N, C].
  static at::Tensor forward(
      torch::autograd::AutogradContext* context, const at::Tensor& given, const at::Tensor& gain,
      const at::Tensor& bias, const at::Tensor& running_mean, const at::Tensor& running_variance, bool training,
      double momentum, double epsilon) {
    at::AutoDispatchBelowADInplaceOrView below;
    const auto input = given.contiguous(at::MemoryFormat::ChannelsLast);
    const auto found = training
        ? gather(input, running_mean, running_variance, momentum, epsilon)
        : statistics{running_mean.clone(), (running_variance.to(at::kDouble) + epsilon).rsqrt().to(at::kFloat)};
    const auto scale = (gain * found.deviation).contiguous();
    const auto shift = (bias - found.mean * scale).contiguous();
    const auto s = shape_of(input);
    auto output = at::empty_like(input);
    at::parallel_for(0, s.images, 1, [&](int64_t first, int64_t last) {
      kernels()->apply(
          s, input.data_ptr<float>(), scale.data_ptr<float>(), shift.data_ptr<float>(), first, last,
          output.data_ptr<float>());
    });
    context->save_for_backward({input, gain, bias, found.mean, found.deviation, scale, shift});
    context->saved_data["training"] = training;
    context->saved_data["epsilon"] = epsilon;
    return output;
  }

  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext* context, torch::autograd::variable_list output_grads) {
    const auto saved = context->get_saved_variables();
    const auto &input = saved[0], &mean = saved[3], &deviation = saved[4], &scale = saved[5], &shift = saved[6];
    const bool training = context->saved_data["training"].toBool();
    if (at::GradMode::is_enabled()) return traced(context, saved, output_grads[0], training);
    const auto grad = output_grads[0].contiguous(at::MemoryFormat::ChannelsLast);
    const auto s = shape_of(input);
    const auto sums = at::empty_like(scale), products = at::empty_like(scale);
    at::parallel_for(0, s.images, 1, [&](int64_t first, int64_t last) {
      kernels()->grad_sums(
          s, input.data_ptr<float>(), grad.data_ptr<float>(), scale.data_ptr<float>(), shift.data_ptr<float>(),
          mean.data_ptr<float>(), first, last, sums.data_ptr<float>(), products.data_ptr<float>());
    });
    const auto by_gain = products * deviation;
    at::Tensor by_input;
    if (context->needs_input_grad(0)) {
      // Through the statistics: the mean of the gradient, and its mean along the normalised input, are taken away.
      const auto count = static_cast<double>(s.images * s.pixels);
      const auto along = (scale * products).to(at::kDouble).sum(0) * deviation.square() / count;
      const auto level = (scale * sums).to(at::kDouble).sum(0) / count;
      const auto slope = (training ? -along : at::zeros_like(along)).to(at::kFloat).contiguous();
      const auto constant = (training ? along * mean - level : at::zeros_like(along)).to(at::kFloat).contiguous();
      by_input = at::empty_like(input);
      at::parallel_for(0, s.images, 1, [&](int64_t first, int64_t last) {
        kernels()->input_grad(
            s, input.data_ptr<float>(), grad.data_ptr<float>(), scale.data_ptr<float>(), shift.data_ptr<float>(),
            slope.data_ptr<float>(), constant.data_ptr<float>(), first, last, by_input.data_ptr<float>());
      });
    }
    return {by_input, by_gain, sums, {}, {}, {}, {}, {}};
  }

  // A gradient of this gradient is wanted: it is taken through the definition, which autograd can follow.
  static torch::autograd::variable_list traced(
      torch::autograd::AutogradContext* context, const torch::autograd::variable_list& saved, const at::Tensor& grad,
      bool training) {
    const auto epsilon = context->saved_data["epsilon"].toDouble();
    const auto variance = saved[4].pow(-2) - epsilon;
    const auto output = by_definition(
        saved[0], saved[1], saved[2], training ? at::Tensor() : saved[3], training ? at::Tensor() : variance, training,
        0, epsilon);
    std::vector<at::Tensor> sought;
    for (int k = 0; k < 3; k++)
      if (context->needs_input_grad(k)) sought.push_back(saved[k]);
    const auto found = torch::autograd::grad({output}, sought, {grad}, c10::nullopt, /*create_graph=*/true);
    torch::autograd::variable_list grads(8);
    for (int k = 0, next = 0; k < 3; k++)
      if (context->needs_input_grad(k)) grads[k] = found[next++];
    return grads;
  }
};

at::Tensor batch_norm_relu(
    const at::Tensor& input, const at::Tensor& gain, const at::Tensor& bias,
    const c10::optional<at::Tensor>& running_mean, const c10::optional<at::Tensor>& running_variance, bool training,
    double momentum, double epsilon) {
  const auto mean = running_mean.value_or(at::Tensor()), variance = running_variance.value_or(at::Tensor());
  TORCH_CHECK(
      training || (mean.defined() && variance.defined()), "batch_norm_relu needs running statistics in evaluation");
  if (at::autocast::is_cpu_enabled() || !suits(input, gain, bias))
    return by_definition(input, gain, bias, mean, variance, training, momentum, epsilon);
  const auto rows = [&](const at::Tensor& factor) {
    return factor.dim() == 1 ? factor.unsqueeze(0).expand({input.size(0), input.size(1)}) : factor;
  };
  return batch_norm_relu_function::apply(input, rows(gain), rows(bias), mean, variance, training, momentum, epsilon);
}

}  // namespace
}  // namespace atelier

TORCH_LIBRARY_FRAGMENT(atelier, library) {
  library.def(
      "batch_norm_relu(Tensor input, Tensor gain, Tensor bias, Tensor? running_mean, Tensor? running_var, "
      "bool training, float momentum, float eps) -> Tensor");
}

TORCH_LIBRARY_IMPL(atelier, CompositeImplicitAutograd, library) {
  library.impl("batch_norm_relu", atelier::batch_norm_relu);
}
