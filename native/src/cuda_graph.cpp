// CUDA graphs: work that is recorded once and launched again as a whole. Without CUDA every call fails with a sentence.
#include "guard.h"

#if defined(ATELIER_CUDA)
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

#include <optional>
#include <utility>
#endif

using atelier::guarded;

namespace {

#if defined(ATELIER_CUDA)

// A stream of its own: nothing can be recorded on the default one, and what is recorded should have run there before.
struct recording {
  at::cuda::CUDAGraph graph;
  c10::cuda::CUDAStream side = c10::cuda::getStreamFromPool();
  std::optional<c10::cuda::CUDAStreamGuard> inside;
  bool records = false;
  bool is_ready = false;

  // Further work goes to the side stream, behind what the current one still does; to be recorded, not done, if asked.
  void enter(bool to_record) {
    if (inside) throw atelier::bad_argument("the graph is entered twice; expected one at a time");
    c10::cuda::getCurrentCUDAStream().synchronize();
    inside.emplace(side);
    if (!to_record) return;
    graph.capture_begin();
    records = true;
  }

  void leave() {
    if (!inside) throw atelier::bad_argument("the graph is left and was not entered");
    // Left in any case, behind what follows.
    struct at_the_end {
      std::optional<c10::cuda::CUDAStreamGuard>& stream;
      ~at_the_end() { stream.reset(); }
    } const leaving{inside};
    const auto recorded = std::exchange(records, false);
    if (!recorded) {
      side.synchronize();
      return;
    }
    graph.capture_end();
    is_ready = true;
  }

  void replay() {
    if (!is_ready) throw atelier::bad_argument("the graph is replayed and nothing was recorded");
    graph.replay();
  }
};

recording& of(void* handle) {
  if (handle == nullptr) throw atelier::bad_argument("a graph handle is null");
  return *static_cast<recording*>(handle);
}

#else

[[noreturn]] void lacks_cuda() {
  throw atelier::bad_argument("this build has no CUDA graphs; build the native library against a libtorch with CUDA");
}

#endif

}  // namespace

#if defined(ATELIER_CUDA)

int32_t atl_cuda_graph_new(void** graph) {
  return guarded([&] { *graph = new recording(); });
}

int32_t atl_cuda_graph_enter(void* graph, int32_t to_record) {
  return guarded([&] { of(graph).enter(to_record != 0); });
}

int32_t atl_cuda_graph_leave(void* graph) {
  return guarded([&] { of(graph).leave(); });
}

int32_t atl_cuda_graph_replay(void* graph) {
  return guarded([&] { of(graph).replay(); });
}

int32_t atl_cuda_graph_release(void* graph) {
  return guarded([&] { delete static_cast<recording*>(graph); });
}

#else

int32_t atl_cuda_graph_new(void** graph) { return guarded(lacks_cuda); }
int32_t atl_cuda_graph_enter(void* graph, int32_t to_record) { return guarded(lacks_cuda); }
int32_t atl_cuda_graph_leave(void* graph) { return guarded(lacks_cuda); }
int32_t atl_cuda_graph_replay(void* graph) { return guarded(lacks_cuda); }
int32_t atl_cuda_graph_release(void* graph) { return graph == nullptr ? ATL_OK : guarded(lacks_cuda); }

#endif
