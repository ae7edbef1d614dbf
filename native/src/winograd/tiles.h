// Tiles between pictures and the places of matrix products.
#pragma once

#include "filters.h"

namespace atelier::winograd {
namespace {

struct place_of_tile {
  int64_t image;
  int64_t row;
  int64_t column;
};

inline place_of_tile locate(const shape& s, int64_t tile) {
  const auto within = tile % (s.tile_rows * s.tile_columns);
  return {tile / (s.tile_rows * s.tile_columns), within / s.tile_columns, within % s.tile_columns};
}

// Where a tile's results lie: its first, and the step from one row of them to the next.
struct results {
  int64_t first;
  int64_t row_step;
};

template <typename Filter>
inline results locate_results(const shape& s, int64_t tile) {
  const auto at = locate(s, tile);
  const auto row_step = s.tile_columns * Filter::written * s.outputs;
  return {
      ((at.image * s.tile_rows + at.row) * row_step + at.column * s.outputs) * Filter::written, row_step};
}

// Writes gathered² rows of `inputs` floats, `place_step` apart. `zeros` stands for the pixels outside the picture.
template <typename Filter, typename Element>
void gather_tile(
    const shape& s, const Element* input, const Element* zeros, int step, int64_t tile, float* out,
    int64_t place_step) {
  constexpr int read = Filter::read, count = Filter::gathered;
  const auto at = locate(s, tile);
  const auto top = at.row * step - 1, left = at.column * step - 1;
  const Element* from[read][read];
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
      Filter::input(pixels, column);
      for (int k = 0; k < count; k++) half[k][x] = column[k];
    }
    for (int k = 0; k < count; k++) {
      lanes row[count];
      Filter::input(half[k], row);
      for (int l = 0; l < count; l++) store(out + (k * count + l) * place_step + c, row[l]);
    }
  }
}

template <typename Filter, typename Element>
void scatter_tile(
    const shape& s, const float* sums, int64_t place_step, const float* bias, int64_t tile, Element* output) {
  constexpr int count = Filter::summed, written = Filter::written;
  const auto at = locate_results<Filter>(s, tile);
  auto* to = output + at.first;
  for (int64_t k = 0; k < s.outputs; k += lane_count) {
    lanes half[written][count];
    for (int x = 0; x < count; x++) {
      lanes column[count], pixels[written];
      for (int y = 0; y < count; y++) column[y] = load(sums + (y * count + x) * place_step + k);
      Filter::output(column, pixels);
      for (int y = 0; y < written; y++) half[y][x] = pixels[y];
    }
    const auto shift = bias == nullptr ? lanes{} : load(bias + k);
    for (int y = 0; y < written; y++) {
      lanes pixels[written];
      Filter::output(half[y], pixels);
      for (int x = 0; x < written; x++) store(to + y * at.row_step + x * s.outputs + k, pixels[x] + shift);
    }
  }
}

// Writes summed² rows of the transformed gradient in panels of 16 outputs, and adds the gradient to the bias's.
template <typename Filter, typename Element>
void gather_grad_tile(
    const shape& s, const Element* grad, int64_t tile, int64_t panel_step, float* out, int64_t place_step,
    float* bias_sums) {
  constexpr int count = Filter::summed, written = Filter::written;
  const auto at = locate_results<Filter>(s, tile);
  const auto* from = grad + at.first;
  for (int64_t k = 0; k < s.outputs; k += lane_count) {
    auto* to = out + (k / panel) * panel_step + k % panel;
    lanes half[count][written], sum{};
    for (int x = 0; x < written; x++) {
      lanes pixels[written], column[count];
      for (int y = 0; y < written; y++) {
        pixels[y] = load(from + y * at.row_step + x * s.outputs + k);
        sum += pixels[y];
      }
      Filter::output_grad(pixels, column);
      for (int y = 0; y < count; y++) half[y][x] = column[y];
    }
    store(bias_sums + k, load(bias_sums + k) + sum);
    for (int y = 0; y < count; y++) {
      lanes row[count];
      Filter::output_grad(half[y], row);
      for (int x = 0; x < count; x++) store(to + (y * count + x) * place_step, row[x]);
    }
  }
}

}  // namespace
}  // namespace atelier::winograd
