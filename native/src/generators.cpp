#include "guard.h"

#include <ATen/Context.h>
#include <ATen/core/Generator.h>

#include <mutex>

using atelier::borrow;
using atelier::give;
using atelier::guarded;

namespace {
at::Generator& generator_of(void* handle) {
  if (handle == nullptr) throw atelier::bad_argument("a generator handle is null");
  return *static_cast<at::Generator*>(handle);
}
}  // namespace

int32_t atl_generator_new(int32_t device_type, int32_t device_index, uint64_t seed, void** generator) {
  return guarded([&] {
    // Cloning the default generator works for every device without that device's headers.
    auto made = at::globalContext().defaultGenerator(atelier::device_of(device_type, device_index)).clone();
    made.set_current_seed(seed);
    *generator = new at::Generator(std::move(made));
  });
}

int32_t atl_generator_default(int32_t device_type, int32_t device_index, void** generator) {
  return guarded([&] {
    *generator = new at::Generator(at::globalContext().defaultGenerator(atelier::device_of(device_type, device_index)));
  });
}

int32_t atl_generator_release(void* generator) {
  return guarded([&] { delete static_cast<at::Generator*>(generator); });
}

int32_t atl_generator_seed(void* generator, uint64_t seed) {
  return guarded([&] {
    auto& target = generator_of(generator);
    std::lock_guard<std::mutex> lock(target.mutex());
    target.set_current_seed(seed);
  });
}

int32_t atl_generator_state_get(void* generator, void** state) {
  return guarded([&] {
    auto& source = generator_of(generator);
    std::lock_guard<std::mutex> lock(source.mutex());
    *state = give(source.get_state());
  });
}

int32_t atl_generator_state_set(void* generator, void* state) {
  return guarded([&] {
    auto& target = generator_of(generator);
    std::lock_guard<std::mutex> lock(target.mutex());
    target.set_state(borrow(state));
  });
}
