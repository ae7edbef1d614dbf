// Compiled once for each instruction set, with ATELIER_KERNELS naming the table.
#include "tiles.h"
#include "../products.h"

#include <cstring>

namespace atelier::winograd {
namespace {

constexpr int square(int side) { return side * side; }

// A row of scratch memory is longer than its channels by this much, so that rows do not meet in the same cache sets.
constexpr int64_t row_gap = 16;

// Floats from one place's rows to the next place's: an odd number of cache lines, so that a tile's places, which are
// written one after another, spread over all cache sets.
inline int64_t spread_over_sets(int64_t floats) { return (floats / 16 | 1) * 16; }

// Where a block of tiles lies in scratch memory.
template <typename Filter>
struct layout {
  int64_t row;         // of a gathered tile at one place
  int64_t place_step;  // from there to the next place
  int64_t sum_row;
  int64_t sum_step;
  int64_t grad_step;   // between the places of gathered gradients, which lie in panels

  layout(const shape& s, int64_t block)
      : row(s.inputs + row_gap),
        place_step(spread_over_sets(block * row)),
        sum_row(s.outputs + row_gap),
        sum_step(spread_over_sets(block * sum_row)),
        grad_step(spread_over_sets(block * s.outputs)) {}

  // A row of zeros comes first, then the gathered tiles, then sums or gradients.
  int64_t gathered(const shape& s) const { return s.inputs; }
  int64_t after_gathered(const shape& s) const { return s.inputs + square(Filter::gathered) * place_step; }
  int64_t convolve_floats(const shape& s) const { return after_gathered(s) + square(Filter::summed) * sum_step; }
  int64_t bias_sums(const shape& s) const { return after_gathered(s) + square(Filter::summed) * grad_step; }
  int64_t correlate_floats(const shape& s) const { return bias_sums(s) + s.outputs; }
};

// Where in the gathered tiles and in the sums the product of two of a filter's products is at home.
template <typename Filter>
struct product {
  int row;
  int column;

  int gathered() const { return Filter::gathered_of[row] * Filter::gathered + Filter::gathered_of[column]; }
  int summed() const { return Filter::summed_of[row] * Filter::summed + Filter::summed_of[column]; }
  bool opens_sum() const { return opens(row) && opens(column); }

 private:
  static bool opens(int k) { return k == 0 || Filter::summed_of[k] != Filter::summed_of[k - 1]; }
};

// Calls body with each product and its number.
template <typename Filter, typename Body>
inline void for_products(Body&& body) {
  for (int y = 0; y < Filter::products; y++)
    for (int x = 0; x < Filter::products; x++) body(product<Filter>{y, x}, y * Filter::products + x);
}

template <typename Filter, typename Element>
void gather_tiles(
    const layout<Filter>& at, const shape& s, const Element* input, int step, int64_t first, int64_t last,
    float* scratch) {
  std::memset(scratch, 0, sizeof(float) * s.inputs);
  const auto* zeros = reinterpret_cast<const Element*>(scratch);
  for (auto t = first; t < last; t++)
    gather_tile<Filter>(s, input, zeros, step, t, scratch + at.gathered(s) + (t - first) * at.row, at.place_step);
}

template <typename Filter, typename Element>
void convolve(
    const shape& s, int step, const Element* input, const float* transformed, const float* bias, int64_t first,
    int64_t last, int64_t block, float* scratch, Element* output) {
  const layout<Filter> at(s, block);
  const auto panels = s.outputs / panel;
  const auto* gathered = scratch + at.gathered(s);
  auto* sums = scratch + at.after_gathered(s);
  gather_tiles(at, s, input, step, first, last, scratch);
  for_products<Filter>([&](const product<Filter>& of, int place) {
    const auto* left = gathered + of.gathered() * at.place_step;
    auto* to = sums + of.summed() * at.sum_step;
    for (int64_t p = 0; p < panels; p++) {
      const auto* right = transformed + (place * panels + p) * s.inputs * panel;
      if (of.opens_sum())
        multiply<false>(left, at.row, right, s.inputs, to + p * panel, at.sum_row, last - first);
      else
        multiply<true>(left, at.row, right, s.inputs, to + p * panel, at.sum_row, last - first);
    }
  });
  for (auto t = first; t < last; t++)
    scatter_tile<Filter>(s, sums + (t - first) * at.sum_row, at.sum_step, bias, t, output);
}

template <typename Filter, typename Element>
void correlate(
    const shape& s, int step, const Element* input, const Element* output_grad, int64_t first, int64_t last,
    int64_t block, bool adds, float* scratch, float* sums, float* bias_sums) {
  const layout<Filter> at(s, block);
  const auto panels = s.outputs / panel;
  const auto* gathered = scratch + at.gathered(s);
  auto *grads = scratch + at.after_gathered(s), *of_block = scratch + at.bias_sums(s);
  gather_tiles(at, s, input, step, first, last, scratch);
  std::memset(of_block, 0, sizeof(float) * s.outputs);
  for (auto t = first; t < last; t++)
    gather_grad_tile<Filter>(
        s, output_grad, t, block * panel, grads + (t - first) * panel, at.grad_step, of_block);
  for (int64_t k = 0; k < s.outputs; k++) bias_sums[k] = adds ? bias_sums[k] + of_block[k] : of_block[k];
  for_products<Filter>([&](const product<Filter>& of, int place) {
    const auto* left = gathered + of.gathered() * at.place_step;
    const auto* right = grads + of.summed() * at.grad_step;
    for (int64_t p = 0; p < panels; p++) {
      auto* to = sums + (place * panels + p) * s.inputs * panel;
      if (adds)
        multiply_columns<true>(left, at.row, right + p * block * panel, last - first, to, s.inputs);
      else
        multiply_columns<false>(left, at.row, right + p * block * panel, last - first, to, s.inputs);
    }
  });
}

// 3x3 kernels of one input and the outputs of a panel: element e of output k lies at [e][k].
struct kernel_panel {
  alignas(64) float at[9][panel];
};

template <typename Filter>
void transform_kernel(
    const kernel_view& kernel, int64_t outputs, int64_t inputs, float scale, int64_t first, int64_t last,
    float* transformed) {
  constexpr int count = Filter::products;
  const auto& matrix = Filter::kernel;
  const auto panels = outputs / panel;
  for (auto p = first; p < last; p++)
    for (int64_t c = 0; c < inputs; c++) {
      kernel_panel given;
      for (int64_t k = 0; k < panel; k++) {
        const auto* from = kernel.data + (p * panel + k) * kernel.output_step + c * kernel.input_step;
        for (int e = 0; e < 9; e++) given.at[kernel.turned ? 8 - e : e][k] = scale * from[e];
      }
      for (int64_t k = 0; k < panel; k += lane_count) {
        lanes half[count][3];
        for (int x = 0; x < 3; x++) {
          const auto top = load(given.at[x] + k), middle = load(given.at[3 + x] + k), low = load(given.at[6 + x] + k);
          for (int y = 0; y < count; y++) half[y][x] = matrix[y][0] * top + matrix[y][1] * middle + matrix[y][2] * low;
        }
        for (int y = 0; y < count; y++)
          for (int x = 0; x < count; x++)
            store(
                transformed + (((y * count + x) * panels + p) * inputs + c) * panel + k,
                half[y][0] * matrix[x][0] + half[y][1] * matrix[x][1] + half[y][2] * matrix[x][2]);
      }
    }
}

template <typename Filter>
void transform_sums(
    const float* sums, int64_t parts, int64_t outputs, int64_t inputs, int64_t first, int64_t last, float* grad) {
  constexpr int count = Filter::products;
  const auto& matrix = Filter::kernel;
  const auto panels = outputs / panel, part_step = square(count) * outputs * inputs;
  for (auto p = first; p < last; p++)
    for (int64_t c = 0; c < inputs; c++) {
      kernel_panel found;
      for (int64_t k = 0; k < panel; k += lane_count) {
        lanes half[3][count];
        for (int x = 0; x < count; x++) {
          for (int i = 0; i < 3; i++) half[i][x] = lanes{};
          for (int y = 0; y < count; y++) {
            const auto* from = sums + (((y * count + x) * panels + p) * inputs + c) * panel + k;
            auto sum = load(from);
            for (int64_t part = 1; part < parts; part++) sum += load(from + part * part_step);
            for (int i = 0; i < 3; i++) half[i][x] += matrix[y][i] * sum;
          }
        }
        for (int i = 0; i < 3; i++)
          for (int j = 0; j < 3; j++) {
            lanes sum{};
            for (int x = 0; x < count; x++) sum += half[i][x] * matrix[x][j];
            store(found.at[i * 3 + j] + k, sum);
          }
      }
      for (int64_t k = 0; k < panel; k++)
        for (int e = 0; e < 9; e++) grad[((p * panel + k) * inputs + c) * 9 + e] = found.at[e][k];
    }
}

// Calls body with the filter of a tiling.
template <join Kind, typename Body>
auto with(int side, Body&& body) {
  return side == 4 ? body(filter<Kind, 4>{}) : body(filter<Kind, 2>{});
}

template <typename Body>
auto with(const tiling& cut, Body&& body) {
  switch (cut.kind) {
    case join::upsample:
      return with<join::upsample>(cut.side, body);
    case join::pool:
      return with<join::pool>(cut.side, body);
    default:
      return with<join::none>(cut.side, body);
  }
}

template <typename Element>
constexpr picture_kernels<Element> of_pictures = {
    [](const tiling& cut, const shape& s, const Element* input, const float* transformed, const float* bias,
       int64_t first, int64_t last, int64_t block, float* scratch, Element* output) {
      with(cut, [&](auto f) {
        convolve<decltype(f)>(s, cut.step(), input, transformed, bias, first, last, block, scratch, output);
      });
    },
    [](const tiling& cut, const shape& s, const Element* input, const Element* output_grad, int64_t first,
       int64_t last, int64_t block, bool adds, float* scratch, float* sums, float* bias_sums) {
      with(cut, [&](auto f) {
        correlate<decltype(f)>(
            s, cut.step(), input, output_grad, first, last, block, adds, scratch, sums, bias_sums);
      });
    },
};

}  // namespace

extern const kernel_set ATELIER_KERNELS = {
    of_pictures<float>,
    of_pictures<brain>,
    [](const tiling& cut, const kernel_view& kernel, int64_t outputs, int64_t inputs, float scale, int64_t first,
       int64_t last, float* transformed) {
      with(cut, [&](auto f) {
        transform_kernel<decltype(f)>(kernel, outputs, inputs, scale, first, last, transformed);
      });
    },
    [](const tiling& cut, const float* sums, int64_t parts, int64_t outputs, int64_t inputs, int64_t first,
       int64_t last, float* grad) {
      with(cut, [&](auto f) { transform_sums<decltype(f)>(sums, parts, outputs, inputs, first, last, grad); });
    },
    [](const tiling& cut, const shape& s, int64_t block) {
      return with(cut, [&](auto f) { return layout<decltype(f)>(s, block).convolve_floats(s); });
    },
    [](const tiling& cut, const shape& s, int64_t block) {
      return with(cut, [&](auto f) { return layout<decltype(f)>(s, block).correlate_floats(s); });
    },
};

}  // namespace atelier::winograd
