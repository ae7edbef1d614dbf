// A bfloat16 number in memory: the upper half of a float32. The kernels compute in float32 and store in either.
#pragma once

#include <cstdint>

namespace atelier {

struct brain {
  uint16_t bits;
};

}  // namespace atelier
