// Compiled once for each instruction set, with ATELIER_KERNELS naming the table.
#include "products.h"
#include "transforms.h"

#include <cstring>
#include <type_traits>

namespace atelier::winograd {
namespace {

// A row of scratch memory is longer than its channels by this much, so that rows do not meet in the same cache sets.
constexpr int64_t row_gap = 16;

struct place_of_tile {
  int64_t image;
  int64_t row;
  int64_t column;
};

inline place_of_tile locate(const shape& s, int64_t tile) {
  const auto within = tile % (s.tile_rows * s.tile_columns);
  return {tile / (s.tile_rows * s.tile_columns), within / s.tile_columns, within % s.tile_columns};
}

// Writes places²  rows of `inputs` floats, `place_step` apart.
template <join Kind>
void gather_tile(
    const shape& s, const float* input, const float* zeros, int64_t tile, float* out, int64_t place_step) {
  constexpr int read = sides<Kind>::read, count = places(Kind);
  const auto at = locate(s, tile);
  const auto top = at.row * sides<Kind>::step - 1, left = at.column * sides<Kind>::step - 1;
  const float* from[read][read];
  for (int y = 0; y < read; y++)
    for (int x = 0; x < read; x++) {
      const auto row = top + y, column = left + x;
      const bool outside = row < 0 || column < 0 || row >= s.height || column >= s.width;
      from[y][x] = outside ? zeros : input + ((at.image * s.height + row) * s.width + column) * s.inputs;
    }
  for (int64_t c = 0; c < s.inputs; c += lane_count) {
    lanes half[count][read];
    for (int x = 0; x < read; x++) {
      lanes pixels[read], column[count];
      for (int y = 0; y < read; y++) pixels[y] = load(from[y][x] + c);
      transform_input<Kind>(pixels, column);
      for (int k = 0; k < count; k++) half[k][x] = column[k];
    }
    for (int k = 0; k < count; k++) {
      lanes row[count];
      transform_input<Kind>(half[k], row);
      for (int l = 0; l < count; l++) store(out + (k * count + l) * place_step + c, row[l]);
    }
  }
}

template <join Kind>
void scatter_tile(
    const shape& s, const float* sums, int64_t place_step, const float* bias, int64_t tile, float* output) {
  constexpr int count = places(Kind), written = sides<Kind>::written;
  const auto at = locate(s, tile);
  const auto row_step = s.tile_columns * written * s.outputs;
  auto* to = output + ((at.image * s.tile_rows + at.row) * written) * row_step + at.column * written * s.outputs;
  for (int64_t k = 0; k < s.outputs; k += lane_count) {
    lanes half[written][count];
    for (int x = 0; x < count; x++) {
      lanes column[count], pixels[written];
      for (int y = 0; y < count; y++) column[y] = load(sums + (y * count + x) * place_step + k);
      transform_output<Kind>(column, pixels);
      for (int y = 0; y < written; y++) half[y][x] = pixels[y];
    }
    const auto shift = bias == nullptr ? lanes{} : load(bias + k);
    for (int y = 0; y < written; y++) {
      lanes pixels[written];
      transform_output<Kind>(half[y], pixels);
      for (int x = 0; x < written; x++) store(to + y * row_step + x * s.outputs + k, pixels[x] + shift);
    }
  }
}

// Writes the transformed gradient of a tile into panels [places²][outputs/16][block][16].
template <join Kind>
void gather_grad_tile(const shape& s, const float* grad, int64_t tile, int64_t block, float* out) {
  constexpr int count = places(Kind), written = sides<Kind>::written;
  const auto at = locate(s, tile);
  const auto row_step = s.tile_columns * written * s.outputs;
  const auto* from = grad + ((at.image * s.tile_rows + at.row) * written) * row_step + at.column * written * s.outputs;
  for (int64_t k = 0; k < s.outputs; k += lane_count) {
    auto* to = out + (k / panel) * block * panel + k % panel;
    if constexpr (Kind == join::pool) {
      store(to, load(from + k));
    } else {
      lanes half[count][written];
      for (int x = 0; x < written; x++) {
        lanes pixels[written], column[count];
        for (int y = 0; y < written; y++) pixels[y] = load(from + y * row_step + x * s.outputs + k);
        transform_output_grad<Kind>(pixels, column);
        for (int y = 0; y < count; y++) half[y][x] = column[y];
      }
      for (int y = 0; y < count; y++) {
        lanes row[count];
        transform_output_grad<Kind>(half[y], row);
        for (int x = 0; x < count; x++) store(to + (y * count + x) * block * s.outputs, row[x]);
      }
    }
  }
}

template <join Kind>
void convolve(
    const shape& s, const float* input, const float* transformed, const float* bias, int64_t first, int64_t last,
    int64_t block, float* scratch, float* output) {
  constexpr int count = places(Kind) * places(Kind);
  const auto row = s.inputs + row_gap, sum_row = s.outputs + row_gap, tiles = last - first, panels = s.outputs / panel;
  auto* gathered = scratch + s.inputs;
  auto* sums = gathered + count * block * row;
  std::memset(scratch, 0, sizeof(float) * s.inputs);
  for (int64_t t = 0; t < tiles; t++)
    gather_tile<Kind>(s, input, scratch, first + t, gathered + t * row, block * row);
  if constexpr (Kind == join::pool) {
    auto* to = output + first * s.outputs;
    for (int64_t t = 0; t < tiles; t++)
      for (int64_t k = 0; k < s.outputs; k++) to[t * s.outputs + k] = bias == nullptr ? 0 : bias[k];
    for (int64_t p = 0; p < panels; p++)
      for (int e = 0; e < count; e++)
        multiply<true>(
            gathered + e * block * row, row, transformed + (e * panels + p) * s.inputs * panel, s.inputs,
            to + p * panel, s.outputs, tiles);
  } else {
    for (int e = 0; e < count; e++)
      for (int64_t p = 0; p < panels; p++)
        multiply<false>(
            gathered + e * block * row, row, transformed + (e * panels + p) * s.inputs * panel, s.inputs,
            sums + e * block * sum_row + p * panel, sum_row, tiles);
    for (int64_t t = 0; t < tiles; t++)
      scatter_tile<Kind>(s, sums + t * sum_row, block * sum_row, bias, first + t, output);
  }
}

template <join Kind>
void correlate(
    const shape& s, const float* input, const float* output_grad, int64_t first, int64_t last, int64_t block,
    float* scratch, float* sums) {
  constexpr int count = places(Kind) * places(Kind), columns = 8 / row_vectors;  // 8 sums at once, dividing a panel
  const auto row = s.inputs + row_gap, tiles = last - first, panels = s.outputs / panel;
  auto* gathered = scratch + s.inputs;
  auto* grads = gathered + count * block * row;
  std::memset(scratch, 0, sizeof(float) * s.inputs);
  for (int64_t t = 0; t < tiles; t++) {
    gather_tile<Kind>(s, input, scratch, first + t, gathered + t * row, block * row);
    gather_grad_tile<Kind>(s, output_grad, first + t, block, grads + t * panel);
  }
  for (int e = 0; e < count; e++)
    for (int64_t p = 0; p < panels; p++)
      for (int64_t c = 0; c < s.inputs; c += columns)
        multiply_columns<columns>(
            gathered + e * block * row + c, row,
            grads + (Kind == join::pool ? 0 : e * block * s.outputs) + p * block * panel, tiles,
            sums + ((e * panels + p) * s.inputs + c) * panel);
}

// 3x3 kernels of one input and the outputs of a panel: element e of output k lies at [e][k].
struct kernel_panel {
  alignas(64) float at[9][panel];
};

template <join Kind>
void transform_kernel(
    const kernel_view& kernel, int64_t outputs, int64_t inputs, float scale, int64_t first, int64_t last,
    float* transformed) {
  constexpr int count = places(Kind);
  const auto& matrix = kernel_matrix<Kind>();
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

template <join Kind>
void transform_sums(
    const float* sums, int64_t outputs, int64_t inputs, float scale, int64_t first, int64_t last, float* grad) {
  constexpr int count = places(Kind);
  const auto& matrix = kernel_matrix<Kind>();
  const auto panels = outputs / panel;
  for (auto p = first; p < last; p++)
    for (int64_t c = 0; c < inputs; c++) {
      kernel_panel found;
      for (int64_t k = 0; k < panel; k += lane_count) {
        lanes half[3][count];
        for (int x = 0; x < count; x++) {
          for (int i = 0; i < 3; i++) half[i][x] = lanes{};
          for (int y = 0; y < count; y++) {
            const auto sum = load(sums + (((y * count + x) * panels + p) * inputs + c) * panel + k);
            for (int i = 0; i < 3; i++) half[i][x] += matrix[y][i] * sum;
          }
        }
        for (int i = 0; i < 3; i++)
          for (int j = 0; j < 3; j++) {
            lanes sum{};
            for (int x = 0; x < count; x++) sum += half[i][x] * matrix[x][j];
            store(found.at[i * 3 + j] + k, scale * sum);
          }
      }
      for (int64_t k = 0; k < panel; k++)
        for (int e = 0; e < 9; e++) grad[((p * panel + k) * inputs + c) * 9 + e] = found.at[e][k];
    }
}

// Calls body with the join as a compile-time constant.
template <typename Body>
auto with(join kind, Body&& body) {
  switch (kind) {
    case join::upsample:
      return body(std::integral_constant<join, join::upsample>{});
    case join::pool:
      return body(std::integral_constant<join, join::pool>{});
    default:
      return body(std::integral_constant<join, join::none>{});
  }
}

}  // namespace
}  // namespace atelier::winograd

namespace atelier::winograd {

extern const kernel_set ATELIER_KERNELS = {
    [](join kind, const kernel_view& kernel, int64_t outputs, int64_t inputs, float scale, int64_t first, int64_t last,
       float* transformed) {
      with(kind, [&](auto k) { transform_kernel<k()>(kernel, outputs, inputs, scale, first, last, transformed); });
    },
    [](join kind, const shape& s, int64_t block) {
      const int64_t count = places(kind) * places(kind), sums = kind == join::pool ? 0 : s.outputs + row_gap;
      return s.inputs + count * block * (s.inputs + row_gap + sums);
    },
    [](join kind, const shape& s, int64_t block) {
      const int64_t count = places(kind) * places(kind), grads = kind == join::pool ? 1 : count;
      return s.inputs + block * (count * (s.inputs + row_gap) + grads * s.outputs);
    },
    [](join kind, const shape& s, const float* input, const float* transformed, const float* bias, int64_t first,
       int64_t last, int64_t block, float* scratch, float* output) {
      with(kind, [&](auto k) {
        convolve<k()>(s, input, transformed, bias, first, last, block, scratch, output);
      });
    },
    [](join kind, const shape& s, const float* input, const float* output_grad, int64_t first, int64_t last,
       int64_t block, float* scratch, float* sums) {
      with(kind, [&](auto k) { correlate<k()>(s, input, output_grad, first, last, block, scratch, sums); });
    },
    [](join kind, const float* sums, int64_t outputs, int64_t inputs, float scale, int64_t first, int64_t last,
       float* grad) {
      with(kind, [&](auto k) { transform_sums<k()>(sums, outputs, inputs, scale, first, last, grad); });
    },
};

}  // namespace atelier::winograd
