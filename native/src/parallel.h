// Sharing work among libtorch's threads. at::parallel_for without the compiler's OpenMP runs everything on one thread and
// says nothing.
#pragma once

#include <ATen/Parallel.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <optional>

#if AT_PARALLEL_OPENMP && !defined(_OPENMP)
#error "libtorch shares its work by OpenMP, and this file is compiled without it"
#endif

namespace atelier {

// Runs worker(next) on every thread; next() hands out the numbers below `count`, each once, and then nothing. Cores of a
// shared machine are not equally fast, so equal shares would end at different times.
template <typename Worker>
void hand_out(int64_t count, const Worker& worker) {
  std::atomic<int64_t> taken{0};
  const auto next = [&]() -> std::optional<int64_t> {
    const auto k = taken.fetch_add(1, std::memory_order_relaxed);
    return k < count ? std::optional<int64_t>(k) : std::nullopt;
  };
  at::parallel_for(0, std::min<int64_t>(count, at::get_num_threads()), 1, [&](int64_t, int64_t) { worker(next); });
}

}  // namespace atelier
