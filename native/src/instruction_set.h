// Which of the kernels compiled for several instruction sets this x86 processor can run.
#pragma once

#if defined(ATELIER_X86_KERNELS)
namespace atelier {

// The wider set that the processor has, or null where it has neither; decided once for each kind of set.
template <typename KernelSet>
const KernelSet* widest(const KernelSet& avx512, const KernelSet& avx2) {
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl")) return &avx512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return &avx2;
  return nullptr;
}

}  // namespace atelier
#endif
