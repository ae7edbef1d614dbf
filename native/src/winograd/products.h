// The two matrix products, blocked for registers: 12 accumulators, which hides the latency of the multiply-adds.
#pragma once

#include "kernels.h"
#include "../lanes.h"

namespace atelier::winograd {
namespace {

constexpr int row_vectors = panel / lane_count;
constexpr int most_rows = 12 / row_vectors;

// rows[r][0..16) (+)= sum over c of left[r][c] * right[c][0..16)
template <int Rows, bool Adds>
inline void multiply_rows(
    const float* left, int64_t left_step, const float* right, int64_t depth, float* out, int64_t out_step) {
  lanes sums[Rows][row_vectors];
  for (int r = 0; r < Rows; r++)
    for (int k = 0; k < row_vectors; k++) sums[r][k] = Adds ? load(out + r * out_step + k * lane_count) : lanes{};
  for (int64_t c = 0; c < depth; c++) {
    lanes across[row_vectors];
    for (int k = 0; k < row_vectors; k++) across[k] = load(right + c * panel + k * lane_count);
#pragma GCC unroll 12
    for (int r = 0; r < Rows; r++) {
      const auto factor = spread(left[r * left_step + c]);
      for (int k = 0; k < row_vectors; k++) sums[r][k] += factor * across[k];
    }
  }
  for (int r = 0; r < Rows; r++)
    for (int k = 0; k < row_vectors; k++) store(out + r * out_step + k * lane_count, sums[r][k]);
}

// Any number of rows: as many at once as there are registers for, then what is left.
template <bool Adds, int Rows = most_rows>
void multiply(
    const float* left, int64_t left_step, const float* right, int64_t depth, float* out, int64_t out_step, int64_t rows) {
  int64_t r = 0;
  for (; r + Rows <= rows; r += Rows)
    multiply_rows<Rows, Adds>(left + r * left_step, left_step, right, depth, out + r * out_step, out_step);
  if constexpr (Rows > 1) {
    if (r < rows)
      multiply<Adds, Rows / 2>(
          left + r * left_step, left_step, right, depth, out + r * out_step, out_step, rows - r);
  }
}

// out[r][0..16) += sum over t of left[t][r] * right[t][0..16), for `Rows` neighbouring columns r of `left`
template <int Rows>
inline void multiply_columns(const float* left, int64_t left_step, const float* right, int64_t depth, float* out) {
  lanes sums[Rows][row_vectors];
  for (int r = 0; r < Rows; r++)
    for (int k = 0; k < row_vectors; k++) sums[r][k] = load(out + r * panel + k * lane_count);
  for (int64_t t = 0; t < depth; t++) {
    lanes across[row_vectors];
    for (int k = 0; k < row_vectors; k++) across[k] = load(right + t * panel + k * lane_count);
#pragma GCC unroll 8
    for (int r = 0; r < Rows; r++) {
      const auto factor = spread(left[t * left_step + r]);
      for (int k = 0; k < row_vectors; k++) sums[r][k] += factor * across[k];
    }
  }
  for (int r = 0; r < Rows; r++)
    for (int k = 0; k < row_vectors; k++) store(out + r * panel + k * lane_count, sums[r][k]);
}

}  // namespace
}  // namespace atelier::winograd
