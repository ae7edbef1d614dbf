// BatchNorm with a gain and bias for every image and channel, followed by ReLU: y = max(0, scale x + shift) with
// scale = gain / sqrt(variance + epsilon), shift = bias - mean scale. Pictures are stored as [N, H, W, channels].
#pragma once

#include "../brain.h"
#include "../panel.h"

#include <cstdint>

namespace atelier::norm {

struct shape {
  int64_t images;
  int64_t pixels;    // of one image
  int64_t channels;  // whole panels
};

// What works on pictures of one element type, each for images [first, last), so that threads can share them. All factors
// are [N, C], one for every image and channel, so that images of one call may have different statistics.
template <typename Element>
struct picture_kernels {
  // The mean of each image and channel, and the sum of squares around it.
  void (*moments)(const shape&, const Element* input, int64_t first, int64_t last, double* means, double* squares);

  void (*apply)(
      const shape&, const Element* input, const float* scale, const float* shift, int64_t first, int64_t last,
      Element* output);

  // Sums over the pixels where y > 0: of the gradient, and of the gradient times (input - mean).
  void (*grad_sums)(
      const shape&, const Element* input, const Element* output_grad, const float* scale, const float* shift,
      const float* mean, int64_t first, int64_t last, float* sums, float* products);

  // [y > 0] scale grad + slope input + constant.
  void (*input_grad)(
      const shape&, const Element* input, const Element* output_grad, const float* scale, const float* shift,
      const float* slope, const float* constant, int64_t first, int64_t last, Element* grad);
};

// The functions of one instruction set.
struct kernel_set {
  picture_kernels<float> of_floats;
  picture_kernels<brain> of_brains;
};

extern const kernel_set avx2_kernels;
extern const kernel_set avx512_kernels;

}  // namespace atelier::norm
