#include "definitions.h"
#include "guard.h"
#include "parallel.h"

#include <ATen/Context.h>
#include <torch/version.h>

#include <algorithm>
#include <cstdlib>
#include <limits>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

using atelier::guarded;

int32_t atl_abi(int32_t* version, int32_t* value_size, int32_t* info_size) {
  *version = ATL_ABI_VERSION;
  *value_size = sizeof(atl_value);
  *info_size = sizeof(atl_tensor_info);
  return ATL_OK;
}

int32_t atl_libtorch_version(const char** version) {
  *version = TORCH_VERSION;
  return ATL_OK;
}

int32_t atl_threads_get(int32_t* count) {
  return guarded([&] { *count = at::get_num_threads(); });
}

int32_t atl_threads_set(int32_t count) {
  return guarded([&] {
    if (count < 1) throw atelier::bad_argument("the thread count is " + std::to_string(count) + "; expected 1 or more");
    at::set_num_threads(count);
  });
}

int32_t atl_cuda_device_count(int32_t* count) {
  return guarded([&] {
    *count = at::globalContext().hasCUDA() ? static_cast<int32_t>(at::detail::getCUDAHooks().getNumGPUs()) : 0;
  });
}

int32_t atl_deterministic_set(int32_t enabled) {
  return guarded([&] {
    // Warn only: an operator without a deterministic kernel must not stop a run that asked for the best there is.
    at::globalContext().setDeterministicAlgorithms(enabled != 0, /*warn_only=*/true);
    at::globalContext().setDeterministicCuDNN(enabled != 0);
    at::globalContext().setBenchmarkCuDNN(enabled == 0);
  });
}

int32_t atl_definitions_get(int32_t* enabled) {
  *enabled = atelier::definitions_only() ? 1 : 0;
  return ATL_OK;
}

int32_t atl_definitions_set(int32_t enabled) {
  atelier::definitions_only() = enabled != 0;
  return ATL_OK;
}

// Training frees and asks for the same large blocks thousands of times a second. By default glibc maps each one anew and
// gives it back, and the kernel clears its pages every time; held blocks cost nothing the second time.
int32_t atl_allocator_hold(int64_t trim_threshold) {
#if defined(__GLIBC__)
  constexpr int largest_threshold_that_glibc_takes = 32 * 1024 * 1024;
  const auto trim = static_cast<int>(std::min<int64_t>(trim_threshold, std::numeric_limits<int>::max()));
  if (mallopt(M_MMAP_THRESHOLD, largest_threshold_that_glibc_takes) == 0 || mallopt(M_TRIM_THRESHOLD, trim) == 0) {
    atelier::set_error("mallopt refused its thresholds");
    return ATL_ERROR;
  }
#endif
  return ATL_OK;
}

int32_t atl_free(void* memory) {
  std::free(memory);
  return ATL_OK;
}
