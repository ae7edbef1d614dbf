// The one-dimensional transforms of F(2, 3) and of its two joins. Two-dimensional ones apply them to rows and columns.
// Notation of arXiv:1509.09308: Y = Aᵀ [(G g) ⊙ (Bᵀ d)] with the input d, the kernel g and the output Y.
#pragma once

#include "kernels.h"
#include "../lanes.h"

namespace atelier::winograd {
namespace {

template <join Kind>
struct sides;

// A tile reads `read` input pixels of a side, moves by `step`, and writes `written` output pixels.
template <>
struct sides<join::none> {
  static constexpr int read = 4, step = 2, written = 2;
};

template <>
struct sides<join::upsample> {
  static constexpr int read = 3, step = 1, written = 2;
};

template <>
struct sides<join::pool> {
  static constexpr int read = 4, step = 2, written = 1;
};

// Bᵀ d. With `upsample` the enlarged input is (d0, d1, d1, d2), whose third place d1 - d1 is zero, and the factor 2 of
// the second is in the kernel's transform. With `pool` the third place enters the sum of both outputs with weight zero.
template <join Kind>
inline void transform_input(const lanes* d, lanes* places) {
  if constexpr (Kind == join::none) {
    places[0] = d[0] - d[2];
    places[1] = d[1] + d[2];
    places[2] = d[2] - d[1];
    places[3] = d[1] - d[3];
  } else if constexpr (Kind == join::upsample) {
    places[0] = d[0] - d[1];
    places[1] = d[1];
    places[2] = d[1] - d[2];
  } else {
    places[0] = d[0] - d[2];
    places[1] = d[1] + d[2];
    places[2] = d[1] - d[3];
  }
}

// Aᵀ m; with `pool` the sums over places are taken inside the matrix product.
template <join Kind>
inline void transform_output(const lanes* m, lanes* y) {
  if constexpr (Kind == join::none) {
    y[0] = m[0] + m[1] + m[2];
    y[1] = m[1] - m[2] - m[3];
  } else {
    y[0] = m[0] + m[1];
    y[1] = m[1] - m[2];
  }
}

// A y, the adjoint of the above.
template <join Kind>
inline void transform_output_grad(const lanes* y, lanes* m) {
  m[0] = y[0];
  m[1] = y[0] + y[1];
  if constexpr (Kind == join::none) m[2] = y[0] - y[1];
  m[places(Kind) - 1] = -y[1];
}

// G, [places][3].
template <join Kind>
constexpr const float (&kernel_matrix())[places(Kind)][3];

constexpr float plain_matrix[4][3] = {{1, 0, 0}, {0.5f, 0.5f, 0.5f}, {0.5f, -0.5f, 0.5f}, {0, 0, 1}};
constexpr float upsample_matrix[3][3] = {{1, 0, 0}, {1, 1, 1}, {0, 0, 1}};
// Half of each side for the mean; the sign of the last place of Aᵀ is here too.
constexpr float pool_matrix[3][3] = {{0.5f, 0, 0}, {0.5f, 0.5f, 0.5f}, {0, 0, -0.5f}};

template <>
constexpr const float (&kernel_matrix<join::none>())[4][3] {
  return plain_matrix;
}

template <>
constexpr const float (&kernel_matrix<join::upsample>())[3][3] {
  return upsample_matrix;
}

template <>
constexpr const float (&kernel_matrix<join::pool>())[3][3] {
  return pool_matrix;
}

}  // namespace
}  // namespace atelier::winograd
