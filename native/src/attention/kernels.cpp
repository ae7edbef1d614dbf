// Compiled once for each instruction set, with ATELIER_KERNELS naming the table.
#include "kernels.h"

#include "../products.h"

#include <algorithm>
#include <cstring>

namespace atelier::attention {
namespace {

// Rows of weights at once: with a thousand keys they fit into a core's second-level cache.
constexpr int64_t most_rows_at_once = 48;

// A row is longer than its keys by this much, so that rows do not meet in the same cache sets.
constexpr int64_t row_gap = 16;

int64_t whole_panels(int64_t count) { return (count + panel - 1) / panel * panel; }

// e^x of x <= 0 to about one unit in the last place: x = n ln 2 + r, with a polynomial in r (Cephes, expf).
inline lanes exponential(lanes x) {
  constexpr float ln2_high = 0.693359375f, ln2_low = -2.12194440e-4f, to_integer = 12582912;  // 1.5 * 2^23
  const auto bounded = x > spread(-87) ? x : spread(-87);
  const auto shifted = bounded * 1.44269504f + to_integer;
  const auto n = shifted - to_integer;
  const auto r = bounded - n * ln2_high - n * ln2_low;
  auto sum = r * 1.9875691500e-4f + 1.3981999507e-3f;
  for (const auto coefficient : {8.3334519073e-3f, 4.1665795894e-2f, 1.6666665459e-1f, 5.0000001201e-1f})
    sum = sum * r + coefficient;
  const auto power = sum * r * r + r + 1;
  // The lowest bits of `shifted` are n, which is added to the exponent.
  return reinterpret_cast<lanes>(reinterpret_cast<words>(power) + (reinterpret_cast<words>(shifted) << 23));
}

inline float largest(lanes value) {
  auto found = value[0];
  for (int k = 1; k < lane_count; k++) found = std::max(found, value[k]);
  return found;
}

inline float total(lanes value) {
  float sum = 0;
  for (int k = 0; k < lane_count; k++) sum += value[k];
  return sum;
}

void softmax(float* row, int64_t count) {
  auto top = load(row);
  for (int64_t k = lane_count; k < count; k += lane_count) {
    const auto value = load(row + k);
    top = value > top ? value : top;
  }
  const auto most = spread(largest(top));
  lanes sum{};
  for (int64_t k = 0; k < count; k += lane_count) {
    const auto power = exponential(load(row + k) - most);
    store(row + k, power);
    sum += power;
  }
  const auto factor = spread(1 / total(sum));
  for (int64_t k = 0; k < count; k += lane_count) store(row + k, load(row + k) * factor);
}

// The gradient of a row by its scores, in place of that by its weights: p (dp - sum(p dp)).
void softmax_grad(const float* weights, float* grad, int64_t count) {
  lanes sum{};
  for (int64_t k = 0; k < count; k += lane_count) sum += load(weights + k) * load(grad + k);
  const auto mean = spread(total(sum));
  for (int64_t k = 0; k < count; k += lane_count) store(grad + k, load(weights + k) * (load(grad + k) - mean));
}

// [rows][columns] to panels of 16 columns [columns/16][rows][16], the last one filled with zeros.
void pack_columns(const float* from, int64_t rows, int64_t columns, float* to) {
  for (int64_t c = 0; c < columns; c += panel)
    for (int64_t r = 0; r < rows; r++)
      for (int64_t k = 0; k < panel; k++) *to++ = c + k < columns ? from[r * columns + c + k] : 0;
}

void unpack_columns(const float* from, int64_t rows, int64_t columns, float* to) {
  for (int64_t c = 0; c < columns; c += panel)
    for (int64_t r = 0; r < rows; r++)
      for (int64_t k = 0; k < panel; k++, from++)
        if (c + k < columns) to[r * columns + c + k] = *from;
}

// [rows][columns] to panels of 16 rows [rows/16][columns][16].
void pack_rows(const float* from, int64_t rows, int64_t columns, float* to) {
  for (int64_t r = 0; r < rows; r += panel)
    for (int64_t c = 0; c < columns; c++)
      for (int64_t k = 0; k < panel; k++) *to++ = from[(r + k) * columns + c];
}

// Hands out parts of scratch memory.
struct scratch_memory {
  float* next;

  float* take(int64_t floats) {
    auto* const taken = next;
    next += floats;
    return taken;
  }
};

// Rows of weights: softmax(query keyᵀ).
void weigh(const shape& s, const float* query, const float* keys_in_panels, int64_t rows, float* weights) {
  const auto row = s.keys + row_gap;
  for (int64_t k = 0; k < s.keys; k += panel)
    multiply<false>(query, s.depth, keys_in_panels + k * s.depth, s.depth, weights + k, row, rows);
  for (int64_t r = 0; r < rows; r++) softmax(weights + r * row, s.keys);
}

void forward(
    const shape& s, const float* query, const float* key, const float* value, int64_t first, int64_t last,
    float* scratch, float* output) {
  scratch_memory memory{scratch};
  const auto row = s.keys + row_gap;
  auto* const keys = memory.take(s.keys * s.depth);
  auto* const values = memory.take(s.keys * s.channels);
  auto* const weights = memory.take(most_rows_at_once * row);
  pack_rows(key, s.keys, s.depth, keys);
  pack_columns(value, s.keys, s.channels, values);
  for (auto start = first; start < last; start += most_rows_at_once) {
    const auto rows = std::min(most_rows_at_once, last - start);
    weigh(s, query + start * s.depth, keys, rows, weights);
    for (int64_t c = 0; c < s.channels; c += panel)
      multiply<false>(
          weights, row, values + c * s.keys, s.keys, output + start * s.channels + c, s.channels, rows);
  }
}

void backward(
    const shape& s, const float* query, const float* key, const float* value, const float* output_grad, float* scratch,
    float* query_grad, float* key_grad, float* value_grad) {
  scratch_memory memory{scratch};
  const auto row = s.keys + row_gap, depth = whole_panels(s.depth);
  auto* const keys = memory.take(s.keys * s.depth);
  auto* const key_columns = memory.take(s.keys * depth);
  auto* const values = memory.take(s.keys * s.channels);
  auto* const by_key = memory.take(s.keys * depth);
  auto* const by_value = memory.take(s.keys * s.channels);
  auto* const weights = memory.take(most_rows_at_once * row);
  auto* const scores = memory.take(most_rows_at_once * row);
  auto* const queries = memory.take(most_rows_at_once * depth);
  auto* const by_query = memory.take(most_rows_at_once * depth);
  auto* const grads = memory.take(most_rows_at_once * s.channels);
  pack_rows(key, s.keys, s.depth, keys);
  pack_columns(key, s.keys, s.depth, key_columns);
  pack_rows(value, s.keys, s.channels, values);
  std::memset(by_key, 0, sizeof(float) * s.keys * depth);
  std::memset(by_value, 0, sizeof(float) * s.keys * s.channels);
  for (int64_t start = 0; start < s.queries; start += most_rows_at_once) {
    const auto rows = std::min(most_rows_at_once, s.queries - start);
    const auto* const grad = output_grad + start * s.channels;
    weigh(s, query + start * s.depth, keys, rows, weights);
    pack_columns(grad, rows, s.channels, grads);
    for (int64_t c = 0; c < s.channels; c += panel)
      multiply_columns<true>(weights, row, grads + c * rows, rows, by_value + c * s.keys, s.keys);
    for (int64_t k = 0; k < s.keys; k += panel)
      multiply<false>(grad, s.channels, values + k * s.channels, s.channels, scores + k, row, rows);
    for (int64_t r = 0; r < rows; r++) softmax_grad(weights + r * row, scores + r * row, s.keys);
    pack_columns(query + start * s.depth, rows, s.depth, queries);
    for (int64_t c = 0; c < depth; c += panel) {
      multiply_columns<true>(scores, row, queries + c * rows, rows, by_key + c * s.keys, s.keys);
      multiply<false>(scores, row, key_columns + c * s.keys, s.keys, by_query + c * rows, panel, rows);
    }
    unpack_columns(by_query, rows, s.depth, query_grad + start * s.depth);
  }
  unpack_columns(by_key, s.keys, s.depth, key_grad);
  unpack_columns(by_value, s.keys, s.channels, value_grad);
}

int64_t scratch(const shape& s) {
  const auto depth = whole_panels(s.depth);
  return s.keys * (s.depth + 2 * depth + 2 * s.channels) +
      most_rows_at_once * (2 * (s.keys + row_gap) + 2 * depth + s.channels);
}

}  // namespace

extern const kernel_set ATELIER_KERNELS = {scratch, forward, backward};

}  // namespace atelier::attention
