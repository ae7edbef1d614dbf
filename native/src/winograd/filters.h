// The one-dimensional transforms; two-dimensional ones apply them to rows and then to columns.
//
// A filter makes `written` results y of `read` pixels d and a kernel w of three. It gathers sums of pixels, multiplies
// product k = gathered[gathered_of[k]] * (kernel[k] . w), adds it to summed[summed_of[k]], and makes y of those.
// The gradient by the kernel runs the other way: `output_grad` is the adjoint of `output`.
#pragma once

#include "kernels.h"
#include "../lanes.h"

namespace atelier::winograd {
namespace {

template <join Kind, int Side>
struct filter;

// F(2, 3) with the points 0, 1, -1 and infinity.
template <>
struct filter<join::none, 2> {
  static constexpr int read = 4, gathered = 4, products = 4, summed = 4, written = 2;
  static constexpr int gathered_of[] = {0, 1, 2, 3}, summed_of[] = {0, 1, 2, 3};
  static constexpr float kernel[][3] = {{1, 0, 0}, {0.5f, 0.5f, 0.5f}, {0.5f, -0.5f, 0.5f}, {0, 0, 1}};

  static void input(const lanes* d, lanes* to) {
    to[0] = d[0] - d[2];
    to[1] = d[1] + d[2];
    to[2] = d[2] - d[1];
    to[3] = d[1] - d[3];
  }

  static void output(const lanes* m, lanes* y) {
    y[0] = m[0] + m[1] + m[2];
    y[1] = m[1] - m[2] - m[3];
  }

  static void output_grad(const lanes* y, lanes* m) {
    m[0] = y[0];
    m[1] = y[0] + y[1];
    m[2] = y[0] - y[1];
    m[3] = -y[1];
  }
};

// F(4, 3) with the points 0, +-3/4, +-3/2 and infinity: exact in binary, and with less than half the rounding errors of
// the usual 0, +-1, +-2.
template <>
struct filter<join::none, 4> {
  static constexpr int read = 6, gathered = 6, products = 6, summed = 6, written = 4;
  static constexpr int gathered_of[] = {0, 1, 2, 3, 4, 5}, summed_of[] = {0, 1, 2, 3, 4, 5};
  static constexpr float p = 0.75f, q = 1.5f, p2 = p * p, q2 = q * q;
  static constexpr float at_p = 1 / (2 * p2 * (p2 - q2)), at_q = 1 / (2 * q2 * (q2 - p2));
  static constexpr float kernel[][3] = {
      {1 / (p2 * q2), 0, 0},       {at_p, p * at_p, p2 * at_p},   {at_p, -p * at_p, p2 * at_p},
      {at_q, q * at_q, q2 * at_q}, {at_q, -q * at_q, q2 * at_q}, {0, 0, 1}};

  static void input(const lanes* d, lanes* to) {
    to[0] = p2 * q2 * d[0] - (p2 + q2) * d[2] + d[4];
    const auto even_p = d[4] - q2 * d[2], odd_p = p * (d[3] - q2 * d[1]);
    to[1] = even_p + odd_p;
    to[2] = even_p - odd_p;
    const auto even_q = d[4] - p2 * d[2], odd_q = q * (d[3] - p2 * d[1]);
    to[3] = even_q + odd_q;
    to[4] = even_q - odd_q;
    to[5] = p2 * q2 * d[1] - (p2 + q2) * d[3] + d[5];
  }

  static void output(const lanes* m, lanes* y) {
    const auto even_p = m[1] + m[2], odd_p = m[1] - m[2], even_q = m[3] + m[4], odd_q = m[3] - m[4];
    y[0] = m[0] + even_p + even_q;
    y[1] = p * odd_p + q * odd_q;
    y[2] = p2 * even_p + q2 * even_q;
    y[3] = p * p2 * odd_p + q * q2 * odd_q + m[5];
  }

  static void output_grad(const lanes* y, lanes* m) {
    m[0] = y[0];
    const auto even_p = y[0] + p2 * y[2], odd_p = p * (y[1] + p2 * y[3]);
    m[1] = even_p + odd_p;
    m[2] = even_p - odd_p;
    const auto even_q = y[0] + q2 * y[2], odd_q = q * (y[1] + q2 * y[3]);
    m[3] = even_q + odd_q;
    m[4] = even_q - odd_q;
    m[5] = y[3];
  }
};

// The enlarged pixels are (d0, d1, d1, d2): F(2, 3) without the point -1, where d1 - d1 is zero.
template <>
struct filter<join::upsample, 2> {
  static constexpr int read = 3, gathered = 3, products = 3, summed = 3, written = 2;
  static constexpr int gathered_of[] = {0, 1, 2}, summed_of[] = {0, 1, 2};
  static constexpr float kernel[][3] = {{1, 0, 0}, {1, 1, 1}, {0, 0, 1}};

  static void input(const lanes* d, lanes* to) {
    to[0] = d[0] - d[1];
    to[1] = d[1];
    to[2] = d[1] - d[2];
  }

  static void output(const lanes* m, lanes* y) {
    y[0] = m[0] + m[1];
    y[1] = m[1] - m[2];
  }

  static void output_grad(const lanes* y, lanes* m) {
    m[0] = y[0];
    m[1] = y[0] + y[1];
    m[2] = -y[1];
  }
};

// The enlarged pixels are (d0, d1, d1, d2, d2, d3). Even and odd results are two filters of two taps each, over equal
// pixels and with equal sums of taps: at the point 1 they share a product, and at -1 they share d2 - d1.
template <>
struct filter<join::upsample, 4> {
  static constexpr int read = 4, gathered = 4, products = 5, summed = 5, written = 4;
  static constexpr int gathered_of[] = {0, 1, 2, 2, 3}, summed_of[] = {0, 1, 2, 3, 4};
  static constexpr float kernel[][3] = {
      {1, 0, 0}, {0.5f, 0.5f, 0.5f}, {-0.5f, -0.5f, 0.5f}, {-0.5f, 0.5f, 0.5f}, {0, 0, 1}};

  static void input(const lanes* d, lanes* to) {
    to[0] = d[0] - d[2];
    to[1] = d[1] + d[2];
    to[2] = d[2] - d[1];
    to[3] = d[3] - d[1];
  }

  static void output(const lanes* m, lanes* y) {
    y[0] = m[0] + m[1] - m[3];
    y[1] = m[1] + m[2];
    y[2] = m[1] + m[3];
    y[3] = m[1] - m[2] + m[4];
  }

  static void output_grad(const lanes* y, lanes* m) {
    m[0] = y[0];
    m[1] = (y[0] + y[2]) + (y[1] + y[3]);
    m[2] = y[1] - y[3];
    m[3] = y[2] - y[0];
    m[4] = y[3];
  }
};

// The mean of two neighbours is one result of a kernel (w0, w0 + w1, w1 + w2, w2) / 2.
template <>
struct filter<join::pool, 2> {
  static constexpr int read = 4, gathered = 3, products = 3, summed = 1, written = 1;
  static constexpr int gathered_of[] = {0, 1, 2}, summed_of[] = {0, 0, 0};
  static constexpr float kernel[][3] = {{0.5f, 0, 0}, {0.5f, 0.5f, 0.5f}, {0, 0, 0.5f}};

  static void input(const lanes* d, lanes* to) {
    to[0] = d[0] - d[2];
    to[1] = d[1] + d[2];
    to[2] = d[3] - d[1];
  }

  static void output(const lanes* m, lanes* y) { y[0] = m[0]; }

  static void output_grad(const lanes* y, lanes* m) { m[0] = y[0]; }
};

// Two means. Even and odd pixels meet kernels of two taps, (w0, w1 + w2) and (w0 + w1, w2), each multiplied in
// Karatsuba's way; the taps have equal sums, so the product in the middle is shared.
template <>
struct filter<join::pool, 4> {
  static constexpr int read = 6, gathered = 5, products = 5, summed = 3, written = 2;
  static constexpr int gathered_of[] = {0, 1, 2, 3, 4}, summed_of[] = {0, 0, 1, 2, 2};
  static constexpr float kernel[][3] = {
      {0.5f, 0, 0}, {0.5f, 0.5f, 0}, {0.5f, 0.5f, 0.5f}, {0, 0.5f, 0.5f}, {0, 0, 0.5f}};

  static void input(const lanes* d, lanes* to) {
    to[0] = d[0] - d[2];
    to[1] = d[1] - d[3];
    to[2] = d[2] + d[3];
    to[3] = d[4] - d[2];
    to[4] = d[5] - d[3];
  }

  static void output(const lanes* m, lanes* y) {
    y[0] = m[0] + m[1];
    y[1] = m[1] + m[2];
  }

  static void output_grad(const lanes* y, lanes* m) {
    m[0] = y[0];
    m[1] = y[0] + y[1];
    m[2] = y[1];
  }
};

}  // namespace
}  // namespace atelier::winograd
