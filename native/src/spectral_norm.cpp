// The operators of spectral norm (Miyato et al. 2018, arXiv:1802.05957): the power iterations of many weights in one call,
// and the division by what they found, with its own gradient.
#include "definitions.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <c10/core/impl/LocalDispatchKeySet.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

namespace atelier {
namespace {

// Eight bits are too few for a value that divides every weight: nothing here is cast.
using without_autocast = c10::impl::ExcludeDispatchKeyGuard;

at::Tensor unit_length(const at::Tensor& vector, double epsilon) {
  return vector / vector.norm().clamp_min(epsilon);
}

// v = uW/|uW|, u = vW'/|vW'|, sigma = vW'u', so many times; all three are stored.
void power_iterations_(
    at::TensorList weights, at::TensorList left, at::TensorList right, at::TensorList sigma, int64_t iterations,
    double epsilon) {
  TORCH_CHECK(
      weights.size() == left.size() && weights.size() == right.size() && weights.size() == sigma.size(), "there are ",
      weights.size(), " weights, ", left.size(), " left and ", right.size(), " right vectors and ", sigma.size(),
      " values; expected as many of each");
  TORCH_CHECK(iterations >= 1, "there are ", iterations, " iterations; expected 1 or more");
  at::NoGradGuard no_grad;
  without_autocast exact(c10::autocast_dispatch_keyset);
  for (size_t k = 0; k < weights.size(); k++) {
    const auto matrix = weights[k].flatten(1);
    const auto transposed = matrix.t();
    auto u = left[k].flatten();
    at::Tensor v, image;
    for (int64_t pass = 0; pass < iterations; pass++) {
      v = unit_length(at::mv(transposed, u), epsilon);
      image = at::mv(matrix, v);
      u = unit_length(image, epsilon);
    }
    const auto value = at::dot(image, u);
    // A zero weight has no direction: u stays, or no later weight could turn it again.
    left[k].copy_(at::where(value.gt(0), u, left[k].flatten()).view_as(left[k]));
    sigma[k].copy_(value.reshape_as(sigma[k]));
    right[k].copy_(v.view_as(right[k]));
  }
}

// The readable definition, through which a gradient of the gradient is taken.
at::Tensor by_definition(const at::Tensor& weight, const at::Tensor& left, const at::Tensor& right, double epsilon) {
  const auto value = right.matmul(weight.flatten(1).t()).matmul(left.t());
  return weight / value.clamp_min(epsilon).reshape({});
}

struct division : torch::autograd::Function<division> {
  static at::Tensor forward(
      torch::autograd::AutogradContext* context, const at::Tensor& weight, const at::Tensor& left,
      const at::Tensor& right, const at::Tensor& sigma, double epsilon) {
    at::AutoDispatchBelowADInplaceOrView below;
    without_autocast exact(c10::autocast_dispatch_keyset);
    const auto normalized = weight / sigma.clamp_min(epsilon).reshape({});
    context->save_for_backward({weight, left, right, sigma, normalized});
    context->saved_data["epsilon"] = epsilon;
    return normalized;
  }

  // d(W / sigma) with sigma = vWu', u and v constants: (C - <C, W/sigma> u'v) / sigma for an upstream gradient C.
  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext* context, torch::autograd::variable_list output_grads) {
    without_autocast exact(c10::autocast_dispatch_keyset);
    const auto saved = context->get_saved_variables();
    const auto &weight = saved[0], &left = saved[1], &right = saved[2];
    const auto epsilon = context->saved_data["epsilon"].toDouble();
    at::Tensor found;
    if (at::GradMode::is_enabled()) {
      found = torch::autograd::grad(
          {by_definition(weight, left, right, epsilon)}, {weight}, {output_grads[0]}, c10::nullopt,
          /*create_graph=*/true)[0];
    } else {
      const auto grad = output_grads[0].contiguous();
      const auto sigma = saved[3].reshape({}), normalized = saved[4].contiguous();
      const auto divisor = sigma.clamp_min(epsilon);
      // Below the floor the divisor is a constant.
      const auto share = at::dot(grad.flatten(), normalized.flatten()) * sigma.ge(epsilon);
      found = grad / divisor;
      found.flatten(1).addr_(left.flatten() * (share / divisor), right.flatten(), 1, -1);
    }
    return {found, at::Tensor(), at::Tensor(), at::Tensor(), at::Tensor()};
  }
};

at::Tensor spectral_divide(
    const at::Tensor& weight, const at::Tensor& left, const at::Tensor& right, const at::Tensor& sigma,
    double epsilon) {
  if (definitions_only()) {
    without_autocast exact(c10::autocast_dispatch_keyset);
    return by_definition(weight, left, right, epsilon);
  }
  return division::apply(weight, left, right, sigma, epsilon);
}

}  // namespace
}  // namespace atelier

TORCH_LIBRARY_FRAGMENT(atelier, library) {
  library.def(
      "power_iterations_(Tensor[] weights, Tensor(a!)[] left, Tensor(b!)[] right, Tensor(c!)[] sigma, int iterations, "
      "float epsilon) -> ()");
  library.def("spectral_divide(Tensor weight, Tensor left, Tensor right, Tensor sigma, float epsilon) -> Tensor");
}

TORCH_LIBRARY_IMPL(atelier, CompositeImplicitAutograd, library) {
  library.impl("power_iterations_", atelier::power_iterations_);
  library.impl("spectral_divide", atelier::spectral_divide);
}
