#include "convolution.h"

#include "../elements.h"
#include "../instruction_set.h"
#include "../parallel.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <memory>

namespace atelier::winograd {
namespace {

// Scratch memory of one block of tiles should stay in a core's second-level cache; fewer tiles than this would read the
// transformed kernel too often for what they compute with it.
constexpr int64_t scratch_floats = 1 << 19;
constexpr int64_t fewest_tiles = 24, most_tiles_forward = 96, most_tiles_backward = 256;

int64_t block_of(const tiling& cut, const shape& s, int64_t most) {
  const int64_t row = cut.places() * std::max(s.inputs, s.outputs);
  return std::min(most, std::max(fewest_tiles, scratch_floats / row / fewest_tiles * fewest_tiles));
}

// Larger tiles where they fit and a picture has more than one, for their transformed kernel is larger too. The choice
// looks at one picture alone, so that none depends on what it is batched with.
tiling tiling_of(join kind, const at::Tensor& input) {
  const tiling large{kind, 4};
  const auto height = input.size(2), width = input.size(3), step = static_cast<int64_t>(large.step());
  const bool fits = height % step == 0 && width % step == 0 && height * width > step * step;
  return fits ? large : tiling{kind, 2};
}

shape shape_of(const tiling& cut, const at::Tensor& input, int64_t outputs) {
  return {input.size(0), input.size(2), input.size(3), input.size(1), outputs, input.size(2) / cut.step(),
          input.size(3) / cut.step()};
}

const picture_kernels<float>& of(float) { return kernels()->of_floats; }
const picture_kernels<brain>& of(brain) { return kernels()->of_brains; }

std::unique_ptr<float[]> floats(int64_t count) { return std::unique_ptr<float[]>(new float[count]); }

std::unique_ptr<float[]> transform(
    const tiling& cut, const kernel_view& kernel, int64_t outputs, int64_t inputs, float scale) {
  auto transformed = floats(cut.places() * outputs * inputs);
  at::parallel_for(0, outputs / panel, 1, [&](int64_t first, int64_t last) {
    kernels()->transform_kernel(cut, kernel, outputs, inputs, scale, first, last, transformed.get());
  });
  return transformed;
}

at::Tensor run(
    join kind, const at::Tensor& given, const kernel_view& kernel, int64_t outputs, float scale, const float* bias) {
  const auto input = given.contiguous(at::MemoryFormat::ChannelsLast);
  const auto cut = tiling_of(kind, input);
  const auto s = shape_of(cut, input, outputs);
  const auto transformed = transform(cut, kernel, outputs, s.inputs, scale);
  auto output = at::empty(
      {s.images, outputs, s.tile_rows * cut.written(), s.tile_columns * cut.written()}, input.options(),
      at::MemoryFormat::ChannelsLast);
  const auto block = block_of(cut, s, most_tiles_forward);
  with_element(input, [&](auto element) {
    const auto* from = elements(input, element);
    auto* to = elements(output, element);
    hand_out((s.tiles() + block - 1) / block, [&](auto&& next) {
      const auto scratch = floats(kernels()->convolve_scratch(cut, s, block));
      while (const auto b = next())
        of(element).convolve(
            cut, s, from, transformed.get(), bias, *b * block, std::min((*b + 1) * block, s.tiles()), block,
            scratch.get(), to);
    });
  });
  return output;
}

}  // namespace

const kernel_set* kernels() {
#if defined(ATELIER_X86_KERNELS)
  static const kernel_set* const found = widest(avx512_kernels, avx2_kernels);
  return found;
#else
  return nullptr;
#endif
}

bool suits(join kind, const at::Tensor& input, const at::Tensor& weight) {
  return kernels() != nullptr && input.dim() == 4 && weight.dim() == 4 && input.device().is_cpu() &&
      weight.device().is_cpu() && has_kernels(input) && weight.scalar_type() == at::kFloat &&
      input.size(1) == weight.size(1) && weight.size(2) == 3 && weight.size(3) == 3 && input.numel() > 0 &&
      weight.size(0) % panel == 0 && weight.size(1) % panel == 0 && weight.numel() > 0 &&
      (kind == join::upsample || (input.size(2) % 2 == 0 && input.size(3) % 2 == 0));
}

at::Tensor convolve(join kind, const at::Tensor& input, const at::Tensor& weight, const at::Tensor& bias) {
  const auto kernel = weight.contiguous();
  const auto shift = bias.defined() ? bias.contiguous() : bias;
  const auto inputs = kernel.size(1);
  return run(
      kind, input, {kernel.data_ptr<float>(), inputs * 9, 9, false}, kernel.size(0), 1,
      shift.defined() ? shift.data_ptr<float>() : nullptr);
}

// The adjoint of a convolution is the convolution with the turned kernel and inputs and outputs exchanged; the adjoint of
// enlarging is the sum over squares, and that of the mean over squares is a quarter of enlarging.
at::Tensor input_grad(join kind, const at::Tensor& output_grad, const at::Tensor& weight) {
  const auto kernel = weight.contiguous();
  const auto inputs = kernel.size(1);
  const auto adjoint = kind == join::upsample ? join::pool : kind == join::pool ? join::upsample : join::none;
  const auto scale = kind == join::upsample ? 4.0f : kind == join::pool ? 0.25f : 1.0f;
  return run(adjoint, output_grad, {kernel.data_ptr<float>(), 9, inputs * 9, true}, inputs, scale, nullptr);
}

parameter_grads correlate(join kind, const at::Tensor& given, const at::Tensor& given_grad) {
  const auto input = given.contiguous(at::MemoryFormat::ChannelsLast);
  const auto output_grad = given_grad.contiguous(at::MemoryFormat::ChannelsLast);
  const auto cut = tiling_of(kind, input);
  const auto s = shape_of(cut, input, output_grad.size(1));
  const auto block = block_of(cut, s, most_tiles_backward);
  const auto blocks = (s.tiles() + block - 1) / block;
  const auto length = cut.places() * s.inputs * s.outputs;
  // Each part has sums of its own, added in a fixed order at the end: equal thread counts give equal bits.
  const auto parts = std::min<int64_t>(at::get_num_threads(), blocks);
  const auto sums = floats(parts * length);
  const auto bias_sums = at::empty({parts, s.outputs}, at::kFloat);
  with_element(input, [&](auto element) {
    const auto* from = elements(input, element);
    const auto* grads = elements(output_grad, element);
    at::parallel_for(0, parts, 1, [&](int64_t first, int64_t last) {
      const auto scratch = floats(kernels()->correlate_scratch(cut, s, block));
      for (auto part = first; part < last; part++)
        for (auto start = blocks * part / parts, b = start; b < blocks * (part + 1) / parts; b++)
          of(element).correlate(
              cut, s, from, grads, b * block, std::min((b + 1) * block, s.tiles()), block, b > start, scratch.get(),
              sums.get() + part * length, bias_sums.data_ptr<float>() + part * s.outputs);
    });
  });
  auto grad = at::empty({s.outputs, s.inputs, 3, 3}, at::kFloat);
  at::parallel_for(0, s.outputs / panel, 1, [&](int64_t first, int64_t last) {
    kernels()->transform_sums(
        cut, sums.get(), parts, s.outputs, s.inputs, first, last, grad.data_ptr<float>());
  });
  return {grad, bias_sums.sum(0)};
}

}  // namespace atelier::winograd
