// Writes down which operators run when, through libtorch's own observers. One recording at a time, of all threads.
#include "guard.h"

#include <ATen/record_function.h>

#include <sys/syscall.h>
#include <unistd.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <unordered_set>
#include <vector>

using atelier::guarded;

namespace {

struct event {
  const std::string* name;
  const std::string* shapes;
  int64_t start;
  int64_t duration;
  int64_t thread;
};

struct recording {
  std::mutex mutex;
  // Sets keep their strings where they are, so events can point at them.
  std::unordered_set<std::string> words;
  std::vector<event> events;
  int64_t capacity = 0;
  int64_t dropped = 0;
  bool with_shapes = false;
  bool is_running = false;
  at::CallbackHandle handle = 0;
};

recording& current() {
  // Never destroyed: a thread of libtorch's may still end an operator while the process ends.
  static auto* only = new recording();
  return *only;
}

int64_t now() {
  // The clock of .NET's Stopwatch, so that both sides' events share one time.
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

int64_t this_thread() {
  static thread_local const int64_t id = syscall(SYS_gettid);
  return id;
}

struct started : at::ObserverContext {
  std::string shapes;
  int64_t at = 0;
};

std::string shapes_of(const at::RecordFunction& function) {
  std::string text;
  for (const auto& input : function.inputs()) {
    if (!input.isTensor() || !input.toTensor().defined()) continue;
    if (!text.empty()) text += ' ';
    text += '[';
    bool is_first = true;
    for (const auto size : input.toTensor().sizes()) {
      if (!is_first) text += ',';
      text += std::to_string(size);
      is_first = false;
    }
    text += ']';
  }
  return text;
}

std::unique_ptr<at::ObserverContext> on_start(const at::RecordFunction& function) {
  auto context = std::make_unique<started>();
  if (current().with_shapes) context->shapes = shapes_of(function);
  context->at = now();
  return context;
}

void on_end(const at::RecordFunction& function, at::ObserverContext* context) {
  const auto end = now();
  auto* begun = static_cast<started*>(context);
  auto& record = current();
  std::lock_guard<std::mutex> lock(record.mutex);
  if (begun == nullptr || !record.is_running) return;
  if (static_cast<int64_t>(record.events.size()) >= record.capacity) {
    record.dropped++;
    return;
  }
  const auto* name = &*record.words.emplace(function.name()).first;
  const auto* shapes = &*record.words.emplace(std::move(begun->shapes)).first;
  record.events.push_back({name, shapes, begun->at, end - begun->at, this_thread()});
}

}  // namespace

int32_t atl_profiler_start(int64_t capacity, int32_t with_shapes, int64_t* thread) {
  return guarded([&] {
    auto& record = current();
    std::lock_guard<std::mutex> lock(record.mutex);
    if (record.is_running) throw atelier::bad_argument("a recording of operators is running already");
    record.events.clear();
    record.words.clear();
    record.capacity = capacity;
    record.dropped = 0;
    record.with_shapes = with_shapes != 0;
    record.handle = at::addGlobalCallback(
        at::RecordFunctionCallback(&on_start, &on_end)
            .needsInputs(record.with_shapes)
            .scopes({at::RecordScope::FUNCTION, at::RecordScope::BACKWARD_FUNCTION, at::RecordScope::USER_SCOPE}));
    record.is_running = true;
    *thread = this_thread();
  });
}

int32_t atl_profiler_stop(int64_t* count, int64_t* dropped) {
  return guarded([&] {
    auto& record = current();
    {
      std::lock_guard<std::mutex> lock(record.mutex);
      if (!record.is_running) throw atelier::bad_argument("no recording of operators is running");
      record.is_running = false;
      *count = static_cast<int64_t>(record.events.size());
      *dropped = record.dropped;
    }
    at::removeCallback(record.handle);
  });
}

int32_t atl_profiler_event(
    int64_t index, const char** name, const char** shapes, int64_t* start, int64_t* duration, int64_t* thread) {
  return guarded([&] {
    auto& record = current();
    if (index < 0 || index >= static_cast<int64_t>(record.events.size()))
      throw atelier::bad_argument("there is no event " + std::to_string(index));
    const auto& found = record.events[index];
    *name = found.name->c_str();
    *shapes = found.shapes->c_str();
    *start = found.start;
    *duration = found.duration;
    *thread = found.thread;
  });
}

int32_t atl_profiler_clear(void) {
  return guarded([&] {
    auto& record = current();
    std::lock_guard<std::mutex> lock(record.mutex);
    if (record.is_running) throw atelier::bad_argument("a recording of operators is still running");
    std::vector<event>().swap(record.events);
    record.words.clear();
  });
}
