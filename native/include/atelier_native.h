// The C ABI between Atelier and libtorch.
//
// Rules that hold for every function here:
//  * The return value is a status (atl_status); results come back through pointers.
//  * Nothing thrown in C++ crosses: the message of the last failure on this thread is read with atl_last_error.
//  * A tensor is a pointer to its c10::TensorImpl that owns one reference; atl_tensor_release gives it back.
//  * Pointers to inputs are borrowed for the length of the call.
#ifndef ATELIER_NATIVE_H
#define ATELIER_NATIVE_H

#include <stdint.h>

#if defined(__cplusplus)
extern "C" {
#endif

#define ATL_API __attribute__((visibility("default")))

// Raised with every change of a signature, a struct or a tag; the managed side refuses another number.
#define ATL_ABI_VERSION 3

typedef enum atl_status {
  ATL_OK = 0,
  ATL_ERROR = 1,
  ATL_OUT_OF_MEMORY = 2,
  ATL_BAD_ARGUMENT = 3,
} atl_status;

typedef enum atl_tag {
  ATL_NONE = 0,
  ATL_TENSOR = 1,
  ATL_INT = 2,
  ATL_DOUBLE = 3,
  ATL_BOOL = 4,
  ATL_INT_LIST = 5,
  ATL_DOUBLE_LIST = 6,
  ATL_TENSOR_LIST = 7,
  ATL_OPTIONAL_TENSOR_LIST = 8,
  ATL_STRING = 9,
  ATL_DEVICE = 10,
  ATL_GENERATOR = 11,
} atl_tag;

// One tagged argument or result of an operator. `count` is the length of a list or string; a device is
// type << 8 | (index & 0xff). A tensor list in a result is an array that atl_free releases.
typedef struct atl_value {
  int32_t tag;
  int32_t count;
  union {
    int64_t i;
    double d;
    void* p;
  } u;
} atl_value;

// What can be read of a tensor without a call into the dispatcher. The pointers live as long as the tensor does.
typedef struct atl_tensor_info {
  const int64_t* sizes;
  const int64_t* strides;
  void* data;
  int64_t element_count;
  int32_t rank;
  int8_t dtype;
  int8_t device_type;
  int8_t device_index;
  uint8_t flags;
} atl_tensor_info;

#define ATL_FLAG_REQUIRES_GRAD 1
#define ATL_FLAG_LEAF 2
#define ATL_FLAG_CONTIGUOUS 4
#define ATL_FLAG_CHANNELS_LAST 8

// --- runtime -------------------------------------------------------------------------------------------------------
ATL_API int32_t atl_abi(int32_t* version, int32_t* value_size, int32_t* info_size);
ATL_API int32_t atl_libtorch_version(const char** version);
ATL_API int32_t atl_last_error(const char** message);
ATL_API int32_t atl_threads_get(int32_t* count);
ATL_API int32_t atl_threads_set(int32_t count);
ATL_API int32_t atl_cuda_device_count(int32_t* count);
ATL_API int32_t atl_deterministic_set(int32_t enabled);
// Whether operators of this library run by their readable definitions on this thread, as the plain program would.
ATL_API int32_t atl_definitions_get(int32_t* enabled);
ATL_API int32_t atl_definitions_set(int32_t enabled);
ATL_API int32_t atl_allocator_hold(int64_t trim_threshold);
ATL_API int32_t atl_free(void* memory);

// --- operators -----------------------------------------------------------------------------------------------------
ATL_API int32_t atl_operator_find(const char* name, const char* overload, void** op);
ATL_API int32_t atl_operator_schema(void* op, char* buffer, int32_t capacity, int32_t* needed);
ATL_API int32_t atl_operator_call(
    void* op, const atl_value* arguments, int32_t argument_count, atl_value* results, int32_t result_count);

// --- tensors -------------------------------------------------------------------------------------------------------
ATL_API int32_t atl_tensor_release(void* tensor);
ATL_API int32_t atl_tensor_share(void* tensor, void** other);
ATL_API int32_t atl_tensor_describe(void* tensor, atl_tensor_info* info);
ATL_API int32_t atl_tensor_from_blob(
    void* data, const int64_t* sizes, int32_t rank, int32_t dtype, void (*deleter)(void*), void* context, void** tensor);
ATL_API int32_t atl_tensor_set_requires_grad(void* tensor, int32_t enabled);
ATL_API int32_t atl_tensor_grad_get(void* tensor, void** grad);
ATL_API int32_t atl_tensor_grad_set(void* tensor, void* grad);

// --- autograd and modes --------------------------------------------------------------------------------------------
ATL_API int32_t atl_backward(
    void* const* outputs, int32_t output_count, void* const* output_grads, int32_t retain_graph, int32_t create_graph);
ATL_API int32_t atl_grad(
    void* const* outputs, int32_t output_count, void* const* inputs, int32_t input_count, void* const* output_grads,
    int32_t retain_graph, int32_t create_graph, int32_t allow_unused, void** grads);
ATL_API int32_t atl_grad_mode_get(int32_t* enabled);
ATL_API int32_t atl_grad_mode_set(int32_t enabled);
ATL_API int32_t atl_autocast_get(int32_t device_type, int32_t* enabled, int32_t* dtype);
ATL_API int32_t atl_autocast_set(int32_t device_type, int32_t enabled, int32_t dtype);
ATL_API int32_t atl_autocast_clear_cache(void);

// --- random numbers ------------------------------------------------------------------------------------------------
ATL_API int32_t atl_generator_new(int32_t device_type, int32_t device_index, uint64_t seed, void** generator);
ATL_API int32_t atl_generator_default(int32_t device_type, int32_t device_index, void** generator);
ATL_API int32_t atl_generator_release(void* generator);
ATL_API int32_t atl_generator_seed(void* generator, uint64_t seed);
ATL_API int32_t atl_generator_state_get(void* generator, void** state);
ATL_API int32_t atl_generator_state_set(void* generator, void* state);

// --- CUDA graphs ---------------------------------------------------------------------------------------------------
// Between enter and leave work of this thread goes to a stream of the graph's own; with `to_record` it is not done but
// recorded, to be done by replay, on the same memory. Everything fails in a build without CUDA.
ATL_API int32_t atl_cuda_graph_new(void** graph);
ATL_API int32_t atl_cuda_graph_enter(void* graph, int32_t to_record);
ATL_API int32_t atl_cuda_graph_leave(void* graph);
ATL_API int32_t atl_cuda_graph_replay(void* graph);
ATL_API int32_t atl_cuda_graph_release(void* graph);

// --- measuring -----------------------------------------------------------------------------------------------------
// A recording holds at most `capacity` operators and counts the rest; times are nanoseconds of the monotonic clock, threads
// the system's ids. Names and shapes ("[2,3] [3,4]", of tensors only) live until atl_profiler_clear or the next start.
ATL_API int32_t atl_profiler_start(int64_t capacity, int32_t with_shapes, int64_t* thread);
ATL_API int32_t atl_profiler_stop(int64_t* count, int64_t* dropped);
ATL_API int32_t atl_profiler_event(
    int64_t index, const char** name, const char** shapes, int64_t* start, int64_t* duration, int64_t* thread);
ATL_API int32_t atl_profiler_clear(void);
// Adds two tensors so many times and drops each sum at once, through the C++ API or (boxed) through the dispatcher's stack.
ATL_API int32_t atl_benchmark_add(void* left, void* right, int64_t calls, int32_t boxed);

#if defined(__cplusplus)
}
#endif
#endif
