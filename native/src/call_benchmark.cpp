// What a call of an operator costs in plain C++: the yardstick for calls from outside.
#include "guard.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/stack.h>
#include <ATen/ops/add.h>

using atelier::borrow;
using atelier::guarded;

int32_t atl_benchmark_add(void* left, void* right, int64_t calls, int32_t boxed) {
  return guarded([&] {
    const auto a = borrow(left);
    const auto b = borrow(right);
    if (boxed == 0) {
      for (int64_t k = 0; k < calls; k++) at::add(a, b);
      return;
    }
    const auto add = c10::Dispatcher::singleton().findSchemaOrThrow("aten::add", "Tensor");
    torch::jit::Stack stack;
    for (int64_t k = 0; k < calls; k++) {
      stack.clear();
      stack.emplace_back(a);
      stack.emplace_back(b);
      stack.emplace_back(1);
      add.callBoxed(&stack);
    }
  });
}
