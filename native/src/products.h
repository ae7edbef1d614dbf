// The two matrix products, blocked for registers: 12 accumulators, which hides the latency of the multiply-adds.
#pragma once

#include "lanes.h"
#include "panel.h"

namespace atelier {
namespace {

constexpr int row_vectors = panel / lane_count;
constexpr int most_rows = 12 / row_vectors;

// out[r][0..16) (+)= sum over d of left(r, d) * right[d][0..16), where left(r, d) lies at r * row_step + d * depth_step
template <int Rows, bool Adds>
inline void multiply_block(
    const float* left, int64_t row_step, int64_t depth_step, const float* right, int64_t depth, float* out,
    int64_t out_step) {
  lanes sums[Rows][row_vectors];
  for (int r = 0; r < Rows; r++)
    for (int k = 0; k < row_vectors; k++) sums[r][k] = Adds ? load(out + r * out_step + k * lane_count) : lanes{};
  for (int64_t d = 0; d < depth; d++) {
    lanes across[row_vectors];
    for (int k = 0; k < row_vectors; k++) across[k] = load(right + d * panel + k * lane_count);
#pragma GCC unroll 12
    for (int r = 0; r < Rows; r++) {
      const auto factor = spread(left[r * row_step + d * depth_step]);
      for (int k = 0; k < row_vectors; k++) sums[r][k] += factor * across[k];
    }
  }
  for (int r = 0; r < Rows; r++)
    for (int k = 0; k < row_vectors; k++) store(out + r * out_step + k * lane_count, sums[r][k]);
}

// rows[r][0..16) (+)= sum over c of left[r][c] * right[c][0..16), for any number of rows: as many at once as there are
// registers for, then what is left.
template <bool Adds, int Rows = most_rows>
void multiply(
    const float* left, int64_t left_step, const float* right, int64_t depth, float* out, int64_t out_step, int64_t rows) {
  int64_t r = 0;
  for (; r + Rows <= rows; r += Rows)
    multiply_block<Rows, Adds>(left + r * left_step, left_step, 1, right, depth, out + r * out_step, out_step);
  if constexpr (Rows > 1) {
    if (r < rows)
      multiply<Adds, Rows / 2>(
          left + r * left_step, left_step, right, depth, out + r * out_step, out_step, rows - r);
  }
}

// rows[r][0..16) (+)= sum over t of left[t][r] * right[t][0..16), for any number of columns r of `left`.
template <bool Adds, int Columns = most_rows>
void multiply_columns(
    const float* left, int64_t left_step, const float* right, int64_t depth, float* out, int64_t columns) {
  int64_t c = 0;
  for (; c + Columns <= columns; c += Columns)
    multiply_block<Columns, Adds>(left + c, 1, left_step, right, depth, out + c * panel, panel);
  if constexpr (Columns > 1) {
    if (c < columns)
      multiply_columns<Adds, Columns == 6 ? 4 : Columns / 2>(
          left + c, left_step, right, depth, out + c * panel, columns - c);
  }
}

}  // namespace
}  // namespace atelier
