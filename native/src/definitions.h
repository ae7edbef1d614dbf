// Whether this thread asks for the readable definitions of the operators in place of their kernels.
#pragma once

namespace atelier {

// A backward pass on the processor runs on the thread that asks for it, so it follows the same choice.
inline bool& definitions_only() {
  static thread_local bool asked = false;
  return asked;
}

}  // namespace atelier
