// Dot-product attention of one image: out = softmax(query keyᵀ) value, a few rows of weights at a time.
#pragma once

#include "../panel.h"

#include <cstdint>

namespace atelier::attention {

// Operands are stored pixel by pixel: query [queries, depth], key [keys, depth], value [keys, channels].
struct shape {
  int64_t queries;
  int64_t keys;      // whole panels, as are the channels
  int64_t depth;
  int64_t channels;
};

// The functions of one instruction set.
struct kernel_set {
  // Floats of scratch memory that either function needs.
  int64_t (*scratch)(const shape&);

  // Rows [first, last) of the output [queries, channels].
  void (*forward)(
      const shape&, const float* query, const float* key, const float* value, int64_t first, int64_t last,
      float* scratch, float* output);

  // Gradients by all three operands from that by the output.
  void (*backward)(
      const shape&, const float* query, const float* key, const float* value, const float* output_grad, float* scratch,
      float* query_grad, float* key_grad, float* value_grad);
};

extern const kernel_set avx2_kernels;
extern const kernel_set avx512_kernels;

}  // namespace atelier::attention
