// The operator atelier::attention: dot-product attention without scale (Zhang et al. 2018, arXiv:1805.08318, section 3).
// Its kernels hold a few rows of the weights at a time, and take them anew for the gradient.
#include "attention/kernels.h"
#include "bfloat16.h"
#include "definitions.h"
#include "elements.h"
#include "instruction_set.h"
#include "parallel.h"

#include <ATen/ATen.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <memory>

namespace atelier {
namespace {

const attention::kernel_set* kernels() {
#if defined(ATELIER_X86_KERNELS)
  static const attention::kernel_set* const found = widest(attention::avx512_kernels, attention::avx2_kernels);
  return found;
#else
  return nullptr;
#endif
}

// The readable definition: all weights at once, in float32 if the operands are stored in bfloat16.
at::Tensor by_definition(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value) {
  const auto weights = query.transpose(1, 2).bmm(key).softmax(-1);  // [N, L, S]
  return weights.bmm(value.transpose(1, 2)).transpose(1, 2);
}

at::Tensor widened(const at::Tensor& tensor) {
  return tensor.scalar_type() == at::kBFloat16 ? tensor.to(at::kFloat) : tensor;
}

// [N, C, pixels] as the kernels take it: [N, pixels, C] in float32.
at::Tensor by_pixels(const at::Tensor& tensor) { return tensor.transpose(1, 2).to(at::kFloat).contiguous(); }

bool suits(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value) {
  const auto is_plain = [](const at::Tensor& t) { return t.device().is_cpu() && has_kernels(t); };
  return kernels() != nullptr && is_plain(query) && is_plain(key) && is_plain(value) && key.size(2) % panel == 0 &&
      value.size(1) % panel == 0 && query.numel() > 0 && key.numel() > 0 && value.numel() > 0;
}

attention::shape shape_of(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value) {
  return {query.size(2), key.size(2), query.size(1), value.size(1)};
}

// Where the numbers of image n begin.
float* of_image(const at::Tensor& pixels, int64_t n) {
  return pixels.data_ptr<float>() + n * pixels.size(1) * pixels.size(2);
}

std::unique_ptr<float[]> scratch_for(const attention::shape& s) {
  return std::unique_ptr<float[]>(new float[kernels()->scratch(s)]);
}

struct attention_function : torch::autograd::Function<attention_function> {
  static at::Tensor forward(
      torch::autograd::AutogradContext* context, const at::Tensor& query, const at::Tensor& key,
      const at::Tensor& value) {
    context->save_for_backward({query, key, value});
    at::AutoDispatchBelowADInplaceOrView below;
    const auto s = shape_of(query, key, value);
    const auto queries = by_pixels(query), keys = by_pixels(key), values = by_pixels(value);
    const auto images = query.size(0);
    const auto output = at::empty({images, s.queries, s.channels}, at::kFloat);
    // One image in as many parts as there are threads; of several each is one.
    const auto parts = images < at::get_num_threads() ? std::min<int64_t>(at::get_num_threads(), s.queries) : 1;
    hand_out(images * parts, [&](auto&& next) {
      const auto scratch = scratch_for(s);
      while (const auto task = next()) {
        const auto n = *task / parts, part = *task % parts;
        kernels()->forward(
            s, of_image(queries, n), of_image(keys, n), of_image(values, n), s.queries * part / parts,
            s.queries * (part + 1) / parts, scratch.get(), of_image(output, n));
      }
    });
    return output.to(value.scalar_type()).transpose(1, 2);
  }

  static torch::autograd::variable_list backward(
      torch::autograd::AutogradContext* context, torch::autograd::variable_list output_grads) {
    const auto saved = context->get_saved_variables();
    const auto &query = saved[0], &key = saved[1], &value = saved[2];
    if (at::GradMode::is_enabled()) return traced(context, saved, output_grads[0]);
    const auto s = shape_of(query, key, value);
    const auto queries = by_pixels(query), keys = by_pixels(key), values = by_pixels(value);
    const auto grad = by_pixels(output_grads[0]);
    const auto by_query = at::empty_like(queries), by_key = at::empty_like(keys), by_value = at::empty_like(values);
    hand_out(query.size(0), [&](auto&& next) {
      const auto scratch = scratch_for(s);
      while (const auto n = next())
        kernels()->backward(
            s, of_image(queries, *n), of_image(keys, *n), of_image(values, *n), of_image(grad, *n), scratch.get(),
            of_image(by_query, *n), of_image(by_key, *n), of_image(by_value, *n));
    });
    return {
        by_query.to(query.scalar_type()).transpose(1, 2), by_key.to(key.scalar_type()).transpose(1, 2),
        by_value.to(value.scalar_type()).transpose(1, 2)};
  }

  // A gradient of this gradient is wanted: it is taken through the definition, which autograd can follow.
  static torch::autograd::variable_list traced(
      torch::autograd::AutogradContext* context, const torch::autograd::variable_list& saved, const at::Tensor& grad) {
    const auto output = by_definition(widened(saved[0]), widened(saved[1]), widened(saved[2]));
    std::vector<at::Tensor> sought;
    for (int k = 0; k < 3; k++)
      if (context->needs_input_grad(k)) sought.push_back(saved[k]);
    const auto found =
        torch::autograd::grad({output}, sought, {widened(grad)}, c10::nullopt, /*create_graph=*/true);
    torch::autograd::variable_list grads(3);
    for (int k = 0, next = 0; k < 3; k++)
      if (context->needs_input_grad(k)) grads[k] = found[next++];
    return grads;
  }
};

at::Tensor attention_of(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value) {
  TORCH_CHECK(
      query.dim() == 3 && key.dim() == 3 && value.dim() == 3 && query.size(0) == key.size(0) &&
          key.size(0) == value.size(0) && query.size(1) == key.size(1) && key.size(2) == value.size(2),
      "attention got a query ", query.sizes(), ", a key ", key.sizes(), " and a value ", value.sizes(),
      "; expected [N, K, L], [N, K, S] and [N, V, S]");
  if (!definitions_only() && suits(query, key, value)) return attention_function::apply(query, key, value);
  if (!only_stores_bfloat16()) return by_definition(query, key, value);
  c10::impl::ExcludeDispatchKeyGuard plain(c10::DispatchKey::AutocastCPU);
  return by_definition(widened(query), widened(key), widened(value)).to(at::kBFloat16);
}

}  // namespace
}  // namespace atelier

TORCH_LIBRARY_FRAGMENT(atelier, library) {
  library.def("attention(Tensor query, Tensor key, Tensor value) -> Tensor");
}

TORCH_LIBRARY_IMPL(atelier, CompositeImplicitAutograd, library) { library.impl("attention", atelier::attention_of); }
