// 3x3 convolutions by minimal filtering (Winograd): Lavin and Gray 2015, arXiv:1509.09308.
//
// A square of results comes from a slightly larger tile of the input. Both the tile and the 3x3 kernel are transformed,
// multiplied place by place, summed over the channels (one matrix product for each place), and transformed back. For
// 4x4 results that takes 36 products where the sum as written takes 144, for 2x2 it takes 16 of 36. Two joins need
// fewer still, because half of what they meet, they meet twice:
//   * upsample: the input was enlarged 2x2 by nearest neighbour, and is read as it was: 25 products, or 9;
//   * pool: the result is averaged over 2x2 squares, and only the means are made: 25 products, or 9.
#pragma once

#include "../brain.h"
#include "../panel.h"

#include <cstdint>

namespace atelier::winograd {

enum class join { none, upsample, pool };

// How a convolution is cut into tiles: `side` is 4 or 2 results, those that a pool averages and not their means.
struct tiling {
  join kind;
  int side;

  // Sides of a tile: products, pixels from one tile to the next in the input as it is stored, pixels written.
  int products() const { return kind == join::none ? side + 2 : side + 1; }
  int step() const { return kind == join::upsample ? side / 2 : side; }
  int written() const { return kind == join::pool ? side / 2 : side; }

  // Matrix products, one for each pair of a row's and a column's.
  int64_t places() const { return products() * products(); }
};

// Sizes of one convolution; pictures are stored as [N, H, W, channels].
struct shape {
  int64_t images;
  int64_t height;    // of the input as it is stored
  int64_t width;
  int64_t inputs;   // whole panels, as are the outputs
  int64_t outputs;
  int64_t tile_rows;  // tiles down one image, and across
  int64_t tile_columns;

  int64_t tiles() const { return images * tile_rows * tile_columns; }
};

// A kernel [outputs, inputs, 3, 3] as it lies in memory: the step from one output or input channel to the next.
struct kernel_view {
  const float* data;
  int64_t output_step;
  int64_t input_step;
  bool turned;  // read from the last of its nine places to the first
};

// What works on pictures of one element type. Ranges let the caller share the work among threads; no two ranges overlap
// in what they write.
template <typename Element>
struct picture_kernels {
  // Convolves tiles [first, last), at most `block` of them. `bias` may be null.
  void (*convolve)(
      const tiling&, const shape&, const Element* input, const float* transformed, const float* bias, int64_t first,
      int64_t last, int64_t block, float* scratch, Element* output);

  // The kernel's gradient of tiles [first, last) to sums[places][outputs/16][inputs][16] and the bias's to
  // bias_sums[outputs]; `adds` tells whether they are added to what is there or written over it.
  void (*correlate)(
      const tiling&, const shape&, const Element* input, const Element* output_grad, int64_t first, int64_t last,
      int64_t block, bool adds, float* scratch, float* sums, float* bias_sums);
};

// The functions of one instruction set.
struct kernel_set {
  picture_kernels<float> of_floats;
  picture_kernels<brain> of_brains;

  // Transforms panels [first, last) of a kernel into transformed[places][outputs/16][inputs][16].
  void (*transform_kernel)(
      const tiling&, const kernel_view&, int64_t outputs, int64_t inputs, float scale, int64_t first, int64_t last,
      float* transformed);

  // Turns panels [first, last) of so many parts of such sums, one after another, into the gradient of the kernel
  // [outputs, inputs, 3, 3], contiguous.
  void (*transform_sums)(
      const tiling&, const float* sums, int64_t parts, int64_t outputs, int64_t inputs, int64_t first, int64_t last,
      float* grad);

  // Floats of scratch memory that `convolve` and `correlate` need for so many tiles at once.
  int64_t (*convolve_scratch)(const tiling&, const shape&, int64_t block);
  int64_t (*correlate_scratch)(const tiling&, const shape&, int64_t block);
};

// The set for this processor, or null where it has neither AVX2 with FMA nor AVX-512.
const kernel_set* kernels();

extern const kernel_set avx2_kernels;
extern const kernel_set avx512_kernels;

}  // namespace atelier::winograd
