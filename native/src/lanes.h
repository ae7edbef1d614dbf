// Floats that one instruction handles. The kernels are written once for this type and compiled for each instruction set.
#pragma once

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

inline lanes load(const float* from) { return *reinterpret_cast<const lanes*>(from); }

inline void store(float* to, lanes value) { *reinterpret_cast<lanes*>(to) = value; }

inline lanes spread(float value) { return value - lanes{}; }

}  // namespace
}  // namespace atelier
