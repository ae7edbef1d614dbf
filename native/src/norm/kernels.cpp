// Compiled once for each instruction set, with ATELIER_KERNELS naming the table.
#include "kernels.h"

#include "../lanes.h"

#include <algorithm>

namespace atelier::norm {
namespace {

// So many vectors of channels are summed at once: enough independent sums to hide the latency of an addition.
constexpr int vectors = panel / lane_count;

// Sums are taken in float over so many pixels and then in something longer, which keeps their error that of a short sum.
constexpr int64_t run = 64;

inline lanes rectified(lanes value) { return value > lanes{} ? value : lanes{}; }

template <typename Element>
void moments(const shape& s, const Element* input, int64_t first, int64_t last, double* means, double* squares) {
  for (auto n = first; n < last; n++)
    for (int64_t c = 0; c < s.channels; c += panel) {
      const auto* from = input + n * s.pixels * s.channels + c;
      // Around the image's first pixel, so that a mean far from zero cancels nothing.
      lanes origin[vectors];
      for (int v = 0; v < vectors; v++) origin[v] = load(from + v * lane_count);
      double sum[panel] = {}, square[panel] = {};
      for (int64_t start = 0; start < s.pixels; start += run) {
        lanes sums[vectors] = {}, squares_of[vectors] = {};
        const auto end = std::min(start + run, s.pixels);
        for (auto p = start; p < end; p++)
          for (int v = 0; v < vectors; v++) {
            const auto x = load(from + p * s.channels + v * lane_count) - origin[v];
            sums[v] += x;
            squares_of[v] += x * x;
          }
        for (int k = 0; k < panel; k++) {
          sum[k] += sums[k / lane_count][k % lane_count];
          square[k] += squares_of[k / lane_count][k % lane_count];
        }
      }
      for (int k = 0; k < panel; k++) {
        means[n * s.channels + c + k] = origin[k / lane_count][k % lane_count] + sum[k] / s.pixels;
        squares[n * s.channels + c + k] = square[k] - sum[k] * sum[k] / s.pixels;
      }
    }
}

template <typename Element>
void apply(
    const shape& s, const Element* input, const float* scale, const float* shift, int64_t first, int64_t last,
    Element* output) {
  for (auto n = first; n < last; n++)
    for (int64_t p = 0; p < s.pixels; p++) {
      const auto at = (n * s.pixels + p) * s.channels;
      for (int64_t c = 0; c < s.channels; c += lane_count)
        store(
            output + at + c,
            rectified(load(input + at + c) * load(scale + n * s.channels + c) + load(shift + n * s.channels + c)));
    }
}

template <typename Element>
void grad_sums(
    const shape& s, const Element* input, const Element* output_grad, const float* scale, const float* shift,
    const float* mean, int64_t first, int64_t last, float* sums, float* products) {
  for (auto n = first; n < last; n++)
    for (int64_t c = 0; c < s.channels; c += panel) {
      lanes factor[vectors], constant[vectors], centre[vectors], sum[vectors] = {}, product[vectors] = {};
      for (int v = 0; v < vectors; v++) {
        const auto at = n * s.channels + c + v * lane_count;
        factor[v] = load(scale + at);
        constant[v] = load(shift + at);
        centre[v] = load(mean + at);
      }
      for (int64_t start = 0; start < s.pixels; start += run) {
        lanes short_sum[vectors] = {}, short_product[vectors] = {};
        const auto end = std::min(start + run, s.pixels);
        for (auto p = start; p < end; p++)
          for (int v = 0; v < vectors; v++) {
            const auto at = (n * s.pixels + p) * s.channels + c + v * lane_count;
            const auto x = load(input + at);
            const auto passed = x * factor[v] + constant[v] > lanes{} ? load(output_grad + at) : lanes{};
            short_sum[v] += passed;
            short_product[v] += passed * (x - centre[v]);
          }
        for (int v = 0; v < vectors; v++) {
          sum[v] += short_sum[v];
          product[v] += short_product[v];
        }
      }
      for (int v = 0; v < vectors; v++) {
        store(sums + n * s.channels + c + v * lane_count, sum[v]);
        store(products + n * s.channels + c + v * lane_count, product[v]);
      }
    }
}

template <typename Element>
void input_grad(
    const shape& s, const Element* input, const Element* output_grad, const float* scale, const float* shift,
    const float* slope, const float* constant, int64_t first, int64_t last, Element* grad) {
  for (auto n = first; n < last; n++)
    for (int64_t p = 0; p < s.pixels; p++) {
      const auto at = (n * s.pixels + p) * s.channels;
      for (int64_t c = 0; c < s.channels; c += lane_count) {
        const auto x = load(input + at + c), factor = load(scale + n * s.channels + c);
        const auto y = x * factor + load(shift + n * s.channels + c);
        const auto passed = y > lanes{} ? load(output_grad + at + c) * factor : lanes{};
        store(grad + at + c, passed + (x * load(slope + n * s.channels + c) + load(constant + n * s.channels + c)));
      }
    }
}

template <typename Element>
constexpr picture_kernels<Element> of_pictures = {
    moments<Element>, apply<Element>, grad_sums<Element>, input_grad<Element>};

}  // namespace

extern const kernel_set ATELIER_KERNELS = {of_pictures<float>, of_pictures<brain>};

}  // namespace atelier::norm
