// 3x3 convolutions by Winograd's minimal filtering F(2x2, 3x3): Lavin and Gray 2015, arXiv:1509.09308, section 4.1.
//
// An output tile of 2x2 comes from an input tile of 4x4: both the input tile and the kernel are transformed to 4x4
// places, multiplied there and summed over the channels (16 matrix products instead of 36 multiplications for each pair
// of channels), and the sums are transformed back. Two joins make it smaller still, because one of the four places of a
// side is always zero then, which leaves 9 products:
//   * upsample: the input was enlarged 2x2 by nearest neighbour; the tile is one pixel of the small input;
//   * pool: the result is averaged over 2x2 squares; the tile is one pixel of the small result.
#pragma once

#include <cstdint>

namespace atelier::winograd {

enum class join { none, upsample, pool };

// How wide a panel of output channels is; numbers of channels must be multiples of it.
constexpr int64_t panel = 16;

// The places of a side of a transformed tile.
constexpr int places(join kind) { return kind == join::none ? 4 : 3; }

// Sizes of one convolution; pictures are stored as [N, H, W, channels].
struct shape {
  int64_t images;
  int64_t height;    // of the input as it is stored
  int64_t width;
  int64_t inputs;
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

// The functions of one instruction set. Ranges let the caller share the work among threads; no two ranges overlap in
// what they write.
struct kernel_set {
  // Transforms panels [first, last) of a kernel into transformed[places²][outputs/16][inputs][16].
  void (*transform_kernel)(
      join, const kernel_view&, int64_t outputs, int64_t inputs, float scale, int64_t first, int64_t last,
      float* transformed);

  // Floats of scratch memory that `convolve` and `correlate` need for so many tiles at once.
  int64_t (*convolve_scratch)(join, const shape&, int64_t block);
  int64_t (*correlate_scratch)(join, const shape&, int64_t block);

  // Convolves tiles [first, last), at most `block` of them. `bias` may be null.
  void (*convolve)(
      join, const shape&, const float* input, const float* transformed, const float* bias, int64_t first, int64_t last,
      int64_t block, float* scratch, float* output);

  // Adds the kernel's gradient of tiles [first, last) to sums[places²][outputs/16][inputs][16].
  void (*correlate)(
      join, const shape&, const float* input, const float* output_grad, int64_t first, int64_t last, int64_t block,
      float* scratch, float* sums);

  // Turns panels [first, last) of such sums into the gradient of the kernel [outputs, inputs, 3, 3], contiguous.
  void (*transform_sums)(
      join, const float* sums, int64_t outputs, int64_t inputs, float scale, int64_t first, int64_t last, float* grad);
};

// The set for this processor, or null where it has neither AVX2 with FMA nor AVX-512.
const kernel_set* kernels();

extern const kernel_set avx2_kernels;
extern const kernel_set avx512_kernels;

}  // namespace atelier::winograd
