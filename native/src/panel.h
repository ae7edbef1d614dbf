// How wide a panel of channels is: the kernels take channels in whole panels.
#pragma once

#include <cstdint>

namespace atelier {

constexpr int64_t panel = 16;

}  // namespace atelier
