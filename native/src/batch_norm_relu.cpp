// The operator atelier::batch_norm_relu: BatchNorm, a gain and bias for each image or for all, and ReLU, in two passes
// over the input instead of five, and without keeping anything but the input for the gradient.
#include "definitions.h"
#include "elements.h"
#include "instruction_set.h"
#include "norm/kernels.h"
#include "parallel.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

namespace atelier {
namespace {

const norm::kernel_set* kernels() {
#if defined(ATELIER_X86_KERNELS)
  static const norm::kernel_set* const found = widest(norm::avx512_kernels, norm::avx2_kernels);
  return found;
#else
  return nullptr;
#endif
}

const norm::picture_kernels<float>& of(float) { return kernels()->of_floats; }
const norm::picture_kernels<brain>& of(brain) { return kernels()->of_brains; }

// How the layer was called. Each of the groups, equal numbers of images one after another, is a batch of its own.
struct manner {
  bool training;
  double momentum;
  double epsilon;
  int64_t groups;
};

norm::shape shape_of(const at::Tensor& input) {
  return {input.size(0), input.size(2) * input.size(3), input.size(1)};
}

bool suits(const at::Tensor& input, const at::Tensor& gain, const at::Tensor& bias) {
  const auto is_plain = [](const at::Tensor& t) { return t.device().is_cpu() && has_kernels(t); };
  return kernels() != nullptr && input.dim() == 4 && input.size(1) % panel == 0 && input.numel() > 0 &&
      is_plain(input) && is_plain(gain) && is_plain(bias);
}

at::Tensor as_picture(const at::Tensor& factor) {
  return factor.dim() == 1 ? factor.reshape({1, -1, 1, 1}) : factor.unsqueeze(-1).unsqueeze(-1);
}

// The readable definition.
at::Tensor by_definition(
    const at::Tensor& input, const at::Tensor& gain, const at::Tensor& bias, const at::Tensor& running_mean,
    const at::Tensor& running_variance, const manner& how) {
  std::vector<at::Tensor> normalized;
  for (const auto& batch : input.chunk(how.groups))
    normalized.push_back(at::batch_norm(
        batch, {}, {}, running_mean, running_variance, how.training, how.momentum, how.epsilon, /*cudnn=*/true));
  const auto all = normalized.size() == 1 ? normalized.front() : at::cat(normalized);
  return (all * as_picture(gain).to(all.dtype()) + as_picture(bias).to(all.dtype())).relu();
}

// Mean and 1 / sqrt(variance + epsilon) of each group, [G, C], float32.
struct statistics {
  at::Tensor mean;
  at::Tensor deviation;
};

// From the moments of the images (Chan, Golub and LeVeque 1979): the order of the sums does not depend on the number of
// threads.
statistics gather(
    const at::Tensor& input, const at::Tensor& running_mean, const at::Tensor& running_variance, const manner& how) {
  const auto s = shape_of(input);
  const auto exact = input.options().dtype(at::kDouble);
  auto means = at::empty({s.images, s.channels}, exact), squares = at::empty({s.images, s.channels}, exact);
  with_element(input, [&](auto element) {
    at::parallel_for(0, s.images, 1, [&](int64_t first, int64_t last) {
      of(element).moments(
          s, elements(input, element), first, last, means.data_ptr<double>(), squares.data_ptr<double>());
    });
  });
  means = means.view({how.groups, -1, s.channels});
  squares = squares.view({how.groups, -1, s.channels});
  const auto mean = means.mean(1, /*keepdim=*/true);
  const auto sum = squares.sum(1) + (means - mean).square().sum(1) * static_cast<double>(s.pixels);
  const auto count = static_cast<double>(s.images / how.groups * s.pixels);
  if (running_mean.defined()) {
    const auto level = mean.squeeze(1).to(at::kFloat), spread = (sum / std::max(count - 1, 1.0)).to(at::kFloat);
    for (int64_t g = 0; g < how.groups; g++) {
      running_mean.lerp_(level[g], how.momentum);
      running_variance.lerp_(spread[g], how.momentum);
    }
  }
  return {mean.squeeze(1).to(at::kFloat), (sum / count + how.epsilon).rsqrt().to(at::kFloat)};
}

// Factors of the groups [G, C] as factors of their images [N, C].
at::Tensor for_images(const at::Tensor& groups, int64_t images) {
  return groups.repeat_interleave(images / groups.size(0), 0);
}

struct batch_norm_relu_function : torch::autograd::Function<batch_norm_relu_function> {
  // `gain` and `bias` are [N, C].
  static at::Tensor forward(
      torch::autograd::AutogradContext* context, const at::Tensor& given, const at::Tensor& gain,
      const at::Tensor& bias, const c10::optional<at::Tensor>& mean_so_far,
      const c10::optional<at::Tensor>& variance_so_far, bool training, double momentum, double epsilon,
      int64_t groups) {
    at::AutoDispatchBelowADInplaceOrView below;
    const manner how{training, momentum, epsilon, groups};
    const auto running_mean = mean_so_far.value_or(at::Tensor());
    const auto running_variance = variance_so_far.value_or(at::Tensor());
    const auto input = given.contiguous(at::MemoryFormat::ChannelsLast);
    const auto s = shape_of(input);
    const auto found = training
        ? gather(input, running_mean, running_variance, how)
        : statistics{
              running_mean.clone().unsqueeze(0),
              (running_variance.to(at::kDouble) + epsilon).rsqrt().to(at::kFloat).unsqueeze(0)};
    const auto mean = for_images(found.mean, s.images), deviation = for_images(found.deviation, s.images);
    const auto scale = (gain * deviation).contiguous();
    const auto shift = (bias - mean * scale).contiguous();
    auto output = at::empty_like(input);
    with_element(input, [&](auto element) {
      at::parallel_for(0, s.images, 1, [&](int64_t first, int64_t last) {
        of(element).apply(
            s, elements(input, element), scale.data_ptr<float>(), shift.data_ptr<float>(), first, last,
            elements(output, element));
      });
    });
    context->save_for_backward({given, gain, bias, mean, deviation, scale, shift});
    context->saved_data["training"] = training;
    context->saved_data["epsilon"] = epsilon;
    context->saved_data["groups"] = training ? groups : 1;
    return output;
  }

  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext* context, torch::autograd::variable_list output_grads) {
    const auto saved = context->get_saved_variables();
    if (at::GradMode::is_enabled()) return traced(context, saved, output_grads[0]);
    const auto &mean = saved[3], &deviation = saved[4], &scale = saved[5], &shift = saved[6];
    const auto input = saved[0].contiguous(at::MemoryFormat::ChannelsLast);
    const auto grad = output_grads[0].contiguous(at::MemoryFormat::ChannelsLast);
    const auto s = shape_of(input);
    const auto sums = at::empty_like(scale), products = at::empty_like(scale);
    with_element(input, [&](auto element) {
      at::parallel_for(0, s.images, 1, [&](int64_t first, int64_t last) {
        of(element).grad_sums(
            s, elements(input, element), elements(grad, element), scale.data_ptr<float>(), shift.data_ptr<float>(),
            mean.data_ptr<float>(), first, last, sums.data_ptr<float>(), products.data_ptr<float>());
      });
    });
    at::Tensor by_input;
    if (context->needs_input_grad(0)) {
      auto slope = at::zeros_like(scale), constant = at::zeros_like(scale);
      if (context->saved_data["training"].toBool()) {
        // Through the statistics: the mean of the gradient, and its mean along the normalised input, are taken away.
        const auto groups = context->saved_data["groups"].toInt();
        const auto mean_over_group = [&](const at::Tensor& of_images) {
          const auto sum = of_images.to(at::kDouble).view({groups, -1, s.channels}).sum(1);
          return for_images(sum / static_cast<double>(s.images / groups * s.pixels), s.images);
        };
        const auto along = mean_over_group(scale * products) * deviation.square();
        slope = (-along).to(at::kFloat).contiguous();
        constant = (along * mean - mean_over_group(scale * sums)).to(at::kFloat).contiguous();
      }
      by_input = at::empty_like(input);
      with_element(input, [&](auto element) {
        at::parallel_for(0, s.images, 1, [&](int64_t first, int64_t last) {
          of(element).input_grad(
              s, elements(input, element), elements(grad, element), scale.data_ptr<float>(), shift.data_ptr<float>(),
              slope.data_ptr<float>(), constant.data_ptr<float>(), first, last, elements(by_input, element));
        });
      });
    }
    torch::autograd::variable_list grads(9);
    grads[0] = by_input;
    grads[1] = products * deviation;
    grads[2] = sums;
    return grads;
  }

  // A gradient of this gradient is wanted: it is taken through the definition, which autograd can follow.
  static torch::autograd::variable_list traced(
      torch::autograd::AutogradContext* context, const torch::autograd::variable_list& saved, const at::Tensor& grad) {
    const manner how{
        context->saved_data["training"].toBool(), 0, context->saved_data["epsilon"].toDouble(),
        context->saved_data["groups"].toInt()};
    const auto mean = how.training ? at::Tensor() : saved[3][0];
    const auto variance = how.training ? at::Tensor() : saved[4][0].pow(-2) - how.epsilon;
    const auto output = by_definition(saved[0], saved[1], saved[2], mean, variance, how);
    std::vector<at::Tensor> sought;
    for (int k = 0; k < 3; k++)
      if (context->needs_input_grad(k)) sought.push_back(saved[k]);
    const auto found = torch::autograd::grad({output}, sought, {grad}, c10::nullopt, /*create_graph=*/true);
    torch::autograd::variable_list grads(9);
    for (int k = 0, next = 0; k < 3; k++)
      if (context->needs_input_grad(k)) grads[k] = found[next++];
    return grads;
  }
};

at::Tensor batch_norm_relu(
    const at::Tensor& input, const at::Tensor& gain, const at::Tensor& bias,
    const c10::optional<at::Tensor>& running_mean, const c10::optional<at::Tensor>& running_var, bool training,
    double momentum, double eps, int64_t groups) {
  const auto mean = running_mean.value_or(at::Tensor()), variance = running_var.value_or(at::Tensor());
  TORCH_CHECK(
      training || (mean.defined() && variance.defined()), "batch_norm_relu needs running statistics in evaluation");
  TORCH_CHECK(
      groups > 0 && input.size(0) % groups == 0, "batch_norm_relu got ", input.size(0), " images in ", groups,
      " groups; expected equal groups");
  // Running statistics are the same for every group.
  const manner how{training, momentum, eps, training ? groups : 1};
  if (definitions_only() || !suits(input, gain, bias))
    return by_definition(input, gain, bias, mean, variance, how);
  const auto rows = [&](const at::Tensor& given) {
    const auto factor = given.to(at::kFloat);
    return factor.dim() == 1 ? factor.unsqueeze(0).expand({input.size(0), input.size(1)}) : factor;
  };
  return batch_norm_relu_function::apply(
      input, rows(gain), rows(bias), running_mean, running_var, training, momentum, eps, how.groups);
}

}  // namespace
}  // namespace atelier

TORCH_LIBRARY_FRAGMENT(atelier, library) {
  library.def(
      "batch_norm_relu(Tensor input, Tensor gain, Tensor bias, Tensor? running_mean, Tensor? running_var, "
      "bool training, float momentum, float eps, int groups=1) -> Tensor");
}

TORCH_LIBRARY_IMPL(atelier, CompositeImplicitAutograd, library) {
  library.impl("batch_norm_relu", atelier::batch_norm_relu);
}
