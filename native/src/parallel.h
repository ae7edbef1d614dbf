// at::parallel_for, which without the compiler's OpenMP runs everything on one thread and says nothing.
#pragma once

#include <ATen/Parallel.h>

#if AT_PARALLEL_OPENMP && !defined(_OPENMP)
#error "libtorch shares its work by OpenMP, and this file is compiled without it"
#endif
