// Floats that one instruction handles. The kernels are written once for this type and compiled for each instruction set.
#pragma once

#include "brain.h"

#include <cstdint>

#if defined(ATELIER_LANES)
// Chosen by the build, to try one set's code on another's processor.
#elif defined(__AVX512F__)
#define ATELIER_LANES 16
#else
#define ATELIER_LANES 8
#endif

namespace atelier {
// Everything in kernels.cpp exists once for each instruction set, so it must not be shared between them.
namespace {

constexpr int lane_count = ATELIER_LANES;

typedef float lanes __attribute__((vector_size(4 * ATELIER_LANES), aligned(4), may_alias));
typedef uint32_t words __attribute__((vector_size(4 * ATELIER_LANES), aligned(4), may_alias));
typedef uint16_t halves __attribute__((vector_size(2 * ATELIER_LANES), aligned(2), may_alias));

inline lanes load(const float* from) { return *reinterpret_cast<const lanes*>(from); }

inline void store(float* to, lanes value) { *reinterpret_cast<lanes*>(to) = value; }

inline lanes load(const brain* from) {
  return reinterpret_cast<lanes>(__builtin_convertvector(*reinterpret_cast<const halves*>(from), words) << 16);
}

// To the nearest, and of two equally near ones to the even; what is no number stays none.
inline void store(brain* to, lanes value) {
  const auto bits = reinterpret_cast<words>(value);
  const auto rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
  const auto kept = value == value ? rounded : (bits >> 16) | 0x40;
  *reinterpret_cast<halves*>(to) = __builtin_convertvector(kept, halves);
}

inline lanes spread(float value) { return value - lanes{}; }

}  // namespace
}  // namespace atelier
