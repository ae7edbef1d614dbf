// The operators of the optimisers: Adam and the moving average over all tensors of a network, each in one pass over memory.
#include "definitions.h"
#include "parallel.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <torch/library.h>
#include <torch/version.h>

#include <algorithm>
#include <cmath>
#include <vector>

#if defined(__GNUC__) && defined(__x86_64__)
// Which one runs is decided by the processor at load. Neither fuses multiplications with additions, so both round alike.
#define ATELIER_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define ATELIER_WIDE
#endif

// A fused Adam that reads its step and rate from the device, so that a captured graph can be replayed with others.
#define ATELIER_FUSED_ADAM (TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 2))

namespace atelier {
namespace {

// Elements that one thread takes at a time: four streams of so many stay in the nearest caches.
constexpr int64_t block = 8192;

struct adam_factors {
  float mean_decay, mean_share, square_decay, square_share, root_factor, epsilon, size;
};

ATELIER_WIDE void adam_block(
    float* __restrict weight, const float* __restrict grad, float* __restrict mean, float* __restrict square,
    int64_t count, const adam_factors f) {
  for (int64_t k = 0; k < count; k++) {
    const float g = grad[k];
    const float m = mean[k] * f.mean_decay + g * f.mean_share;
    const float v = square[k] * f.square_decay + g * g * f.square_share;
    mean[k] = m;
    square[k] = v;
    weight[k] -= f.size * m / (std::sqrt(v) * f.root_factor + f.epsilon);
  }
}

ATELIER_WIDE void average_block(
    float* __restrict average, const float* __restrict source, int64_t count, float decay, float share) {
  for (int64_t k = 0; k < count; k++) average[k] = average[k] * decay + source[k] * share;
}

bool is_plain(const at::Tensor& tensor) {
  return tensor.device().is_cpu() && tensor.scalar_type() == at::kFloat && tensor.is_non_overlapping_and_dense();
}

bool lies_alike(const at::Tensor& one, const at::Tensor& other) {
  return is_plain(other) && one.sizes() == other.sizes() && one.strides() == other.strides();
}

// Calls body(k, first, count) for blocks of all tensors, divided among the threads: many small tensors are one task.
template <typename Body>
void for_blocks(at::TensorList tensors, const Body& body) {
  std::vector<int64_t> first_block(tensors.size() + 1, 0);
  for (size_t k = 0; k < tensors.size(); k++)
    first_block[k + 1] = first_block[k] + (tensors[k].numel() + block - 1) / block;
  at::parallel_for(0, first_block.back(), 4, [&](int64_t begin, int64_t end) {
    size_t k = std::upper_bound(first_block.begin(), first_block.end(), begin) - first_block.begin() - 1;
    for (int64_t b = begin; b < end; b++) {
      while (b >= first_block[k + 1]) k++;
      const auto first = (b - first_block[k]) * block;
      body(k, first, std::min(block, tensors[k].numel() - first));
    }
  });
}

void adam_by_definition(
    at::TensorList weights, at::TensorList gradients, at::TensorList means, at::TensorList squares, double count,
    double rate, double beta1, double beta2, double epsilon) {
  at::_foreach_mul_(means, beta1);
  at::_foreach_add_(means, gradients, 1 - beta1);
  at::_foreach_mul_(squares, beta2);
  at::_foreach_addcmul_(squares, gradients, gradients, 1 - beta2);
  auto root = at::_foreach_sqrt(squares);
  at::_foreach_mul_(root, 1 / std::sqrt(1 - std::pow(beta2, count)));
  at::_foreach_add_(root, epsilon);
  at::_foreach_addcdiv_(weights, means, root, -rate / (1 - std::pow(beta1, count)));
}

void check_counts(size_t wanted, size_t got, const char* what) {
  TORCH_CHECK(wanted == got, "there are ", wanted, " tensors to change and ", got, " ", what, "; expected as many");
}

// Kingma and Ba 2014, algorithm 1. `count` is the number of this step, from 1, and `rate` the learning rate, one element
// each, on the weights' device.
void adam_step_(
    at::TensorList weights, at::TensorList gradients, at::TensorList means, at::TensorList squares,
    const at::Tensor& count, const at::Tensor& rate, double beta1, double beta2, double epsilon) {
  check_counts(weights.size(), gradients.size(), "gradients");
  check_counts(weights.size(), means.size(), "means");
  check_counts(weights.size(), squares.size(), "squares");
  at::NoGradGuard no_grad;
  if (weights.empty()) return;
#if ATELIER_FUSED_ADAM
  if (weights[0].is_cuda()) {
    // Every tensor is at the same step.
    const std::vector<at::Tensor> steps(weights.size(), count);
    at::_fused_adam_(
        weights, gradients, means, squares, {}, steps, rate, beta1, beta2, /*weight_decay=*/0, epsilon,
        /*amsgrad=*/false, /*maximize=*/false);
    return;
  }
#endif
  const auto t = count.item<double>(), lr = rate.item<double>();
  std::vector<at::Tensor> like;
  like.reserve(weights.size());
  bool all_plain = !definitions_only();
  for (size_t k = 0; all_plain && k < weights.size(); k++) {
    all_plain = is_plain(weights[k]) && lies_alike(weights[k], means[k]) && lies_alike(weights[k], squares[k]) &&
        gradients[k].device().is_cpu() && gradients[k].scalar_type() == at::kFloat &&
        gradients[k].sizes() == weights[k].sizes();
    if (!all_plain) break;
    // Autograd gives some gradients in another layout than the weight's.
    like.push_back(
        lies_alike(weights[k], gradients[k]) ? gradients[k] : at::empty_like(weights[k]).copy_(gradients[k]));
  }
  if (!all_plain) {
    adam_by_definition(weights, gradients, means, squares, t, lr, beta1, beta2, epsilon);
    return;
  }
  const adam_factors factors{
      static_cast<float>(beta1), static_cast<float>(1 - beta1), static_cast<float>(beta2),
      static_cast<float>(1 - beta2), static_cast<float>(1 / std::sqrt(1 - std::pow(beta2, t))),
      static_cast<float>(epsilon), static_cast<float>(lr / (1 - std::pow(beta1, t)))};
  for_blocks(weights, [&](size_t k, int64_t first, int64_t length) {
    adam_block(
        weights[k].data_ptr<float>() + first, like[k].data_ptr<float>() + first, means[k].data_ptr<float>() + first,
        squares[k].data_ptr<float>() + first, length, factors);
  });
  // Written past autograd's eyes: a graph that saved an old value has to notice.
  for (const auto& tensors : {weights, means, squares})
    for (const auto& tensor : tensors) tensor.unsafeGetTensorImpl()->bump_version();
}

// average = decay * average + (1 - decay) * source; `decay` has one element, on the averages' device.
void average_(at::TensorList averages, at::TensorList sources, const at::Tensor& decay) {
  check_counts(averages.size(), sources.size(), "sources");
  at::NoGradGuard no_grad;
  if (averages.empty()) return;
  if (averages[0].is_cuda()) {
    const auto share = (1 - decay).reshape({}).to(averages[0].scalar_type());
    for (size_t k = 0; k < averages.size(); k++) averages[k].lerp_(sources[k], share);
    return;
  }
  const auto kept = decay.item<double>();
  bool all_plain = !definitions_only();
  for (size_t k = 0; k < averages.size(); k++)
    all_plain &= is_plain(averages[k]) && lies_alike(averages[k], sources[k]);
  if (!all_plain) {
    at::_foreach_mul_(averages, kept);
    at::_foreach_add_(averages, sources, 1 - kept);
    return;
  }
  const auto share = static_cast<float>(1 - kept);
  for_blocks(averages, [&](size_t k, int64_t first, int64_t length) {
    average_block(
        averages[k].data_ptr<float>() + first, sources[k].data_ptr<float>() + first, length,
        static_cast<float>(kept), share);
  });
  for (const auto& average : averages) average.unsafeGetTensorImpl()->bump_version();
}

}  // namespace
}  // namespace atelier

TORCH_LIBRARY_FRAGMENT(atelier, library) {
  library.def(
      "adam_step_(Tensor(a!)[] weights, Tensor[] gradients, Tensor(b!)[] means, Tensor(c!)[] squares, Tensor count, "
      "Tensor rate, float beta1, float beta2, float epsilon) -> ()");
  library.def("average_(Tensor(a!)[] averages, Tensor[] sources, Tensor decay) -> ()");
}

TORCH_LIBRARY_IMPL(atelier, CompositeImplicitAutograd, library) {
  library.impl("adam_step_", atelier::adam_step_);
  library.impl("average_", atelier::average_);
}
