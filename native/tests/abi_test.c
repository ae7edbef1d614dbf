// Drives the ABI from C, the way the managed side does; every check names what it saw. Ends with "N passed, N failed".
#include "atelier_native.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static int passed = 0;
static int failed = 0;

static void check(int condition, const char* what) {
  if (condition) {
    passed++;
  } else {
    const char* message = "";
    atl_last_error(&message);
    printf("FAILED %s (last error: %s)\n", what, message);
    failed++;
  }
}

static void* filled(float a, float b) {
  // The data outlives the tensors of this program.
  static float storage[64];
  static int used = 0;
  float* data = storage + used;
  used += 2;
  data[0] = a;
  data[1] = b;
  int64_t size = 2;
  void* tensor = NULL;
  check(atl_tensor_from_blob(data, &size, 1, /*float32*/ 6, NULL, NULL, &tensor) == ATL_OK, "from_blob");
  return tensor;
}

static atl_value of_tensor(void* tensor) {
  atl_value value;
  value.tag = ATL_TENSOR;
  value.count = 0;
  value.u.p = tensor;
  return value;
}

static atl_value of_int(int64_t number) {
  atl_value value;
  value.tag = ATL_INT;
  value.count = 0;
  value.u.i = number;
  return value;
}

static float* data_of(void* tensor) {
  atl_tensor_info info;
  check(atl_tensor_describe(tensor, &info) == ATL_OK, "describe");
  return (float*)info.data;
}

static void abi_numbers_match(void) {
  int32_t version = 0, value_size = 0, info_size = 0;
  atl_abi(&version, &value_size, &info_size);
  check(version == ATL_ABI_VERSION, "abi version");
  check(value_size == (int32_t)sizeof(atl_value), "size of atl_value");
  check(info_size == (int32_t)sizeof(atl_tensor_info), "size of atl_tensor_info");
}

static void* add_operator(void) {
  void* op = NULL;
  check(atl_operator_find("aten::add", "Tensor", &op) == ATL_OK && op != NULL, "find aten::add.Tensor");
  return op;
}

static void add_adds_with_alpha(void) {
  void* a = filled(1, 2);
  void* b = filled(10, 20);
  atl_value arguments[3] = {of_tensor(a), of_tensor(b), of_int(3)};
  atl_value result;
  check(atl_operator_call(add_operator(), arguments, 3, &result, 1) == ATL_OK, "call add");
  float* sum = data_of(result.u.p);
  check(sum[0] == 31 && sum[1] == 62, "1 + 3*10 and 2 + 3*20");
  atl_tensor_release(result.u.p);
  atl_tensor_release(a);
  atl_tensor_release(b);
}

static void missing_trailing_arguments_take_their_defaults(void) {
  void* a = filled(1, 2);
  atl_value arguments[2] = {of_tensor(a), of_tensor(a)};
  atl_value result;
  check(atl_operator_call(add_operator(), arguments, 2, &result, 1) == ATL_OK, "add without alpha");
  check(data_of(result.u.p)[1] == 4, "2 + 1*2");
  atl_tensor_release(result.u.p);
  atl_tensor_release(a);
}

static void errors_come_back_as_text(void) {
  void* a = filled(1, 2);
  atl_value arguments[2] = {of_tensor(a), of_int(1)};
  arguments[1].tag = 99;
  atl_value result;
  check(atl_operator_call(add_operator(), arguments, 2, &result, 1) == ATL_BAD_ARGUMENT, "unknown tag is refused");
  const char* message = "";
  atl_last_error(&message);
  check(strstr(message, "99") != NULL, "message names the tag");
  arguments[1] = of_tensor(NULL);
  check(atl_operator_call(add_operator(), arguments, 2, &result, 1) == ATL_BAD_ARGUMENT, "null tensor is refused");
  atl_tensor_release(a);
}

static void gradient_of_a_product(void) {
  void* a = filled(2, 3);
  void* b = filled(5, 7);
  void *mul = NULL, *sum = NULL;
  atl_operator_find("aten::mul", "Tensor", &mul);
  atl_operator_find("aten::sum", "", &sum);
  check(atl_tensor_set_requires_grad(a, 1) == ATL_OK, "requires grad");
  atl_value two[2] = {of_tensor(a), of_tensor(b)};
  atl_value product, total;
  check(atl_operator_call(mul, two, 2, &product, 1) == ATL_OK, "mul");
  atl_value one[1] = {of_tensor(product.u.p)};
  check(atl_operator_call(sum, one, 1, &total, 1) == ATL_OK, "sum");
  check(atl_backward(&total.u.p, 1, NULL, 0, 0) == ATL_OK, "backward");
  void* grad = NULL;
  check(atl_tensor_grad_get(a, &grad) == ATL_OK && grad != NULL, "grad");
  check(data_of(grad)[0] == 5 && data_of(grad)[1] == 7, "d(a*b)/da = b");
  check(atl_backward(&total.u.p, 1, NULL, 0, 0) == ATL_ERROR, "a freed graph is an error, not a crash");
  atl_tensor_release(grad);
  atl_tensor_release(total.u.p);
  atl_tensor_release(product.u.p);
  atl_tensor_release(a);
  atl_tensor_release(b);
}

static void generator_state_round_trips(void) {
  void *generator = NULL, *state = NULL, *randn = NULL;
  check(atl_generator_new(0, -1, 7, &generator) == ATL_OK, "new generator");
  check(atl_generator_state_get(generator, &state) == ATL_OK, "state");
  atl_operator_find("aten::randn", "generator", &randn);
  int64_t size = 3;
  atl_value arguments[2];
  arguments[0].tag = ATL_INT_LIST;
  arguments[0].count = 1;
  arguments[0].u.p = &size;
  arguments[1].tag = ATL_GENERATOR;
  arguments[1].count = 0;
  arguments[1].u.p = generator;
  atl_value first, second;
  check(atl_operator_call(randn, arguments, 2, &first, 1) == ATL_OK, "randn");
  check(atl_generator_state_set(generator, state) == ATL_OK, "state back");
  check(atl_operator_call(randn, arguments, 2, &second, 1) == ATL_OK, "randn again");
  check(memcmp(data_of(first.u.p), data_of(second.u.p), 3 * sizeof(float)) == 0, "the same numbers again");
  atl_tensor_release(first.u.p);
  atl_tensor_release(second.u.p);
  atl_tensor_release(state);
  atl_generator_release(generator);
}

static void an_unknown_operator_is_null(void) {
  void* op = (void*)1;
  check(atl_operator_find("aten::no_such_thing", "", &op) == ATL_OK && op == NULL, "unknown operator");
}

static void a_recording_holds_what_ran(void) {
  void* a = filled(1, 2);
  int64_t thread = 0, count = 0, dropped = 0;
  check(atl_profiler_start(3, 1, &thread) == ATL_OK && thread > 0, "start a recording");
  check(atl_profiler_start(3, 1, &thread) == ATL_BAD_ARGUMENT, "a second recording is refused");
  check(atl_benchmark_add(a, a, 2, 0) == ATL_OK && atl_benchmark_add(a, a, 3, 1) == ATL_OK, "five additions");
  check(atl_profiler_stop(&count, &dropped) == ATL_OK, "stop the recording");
  check(count == 3 && dropped == 2, "three of five fit");
  const char *name = "", *shapes = "";
  int64_t start = 0, duration = -1, where = 0;
  check(atl_profiler_event(2, &name, &shapes, &start, &duration, &where) == ATL_OK, "the third event");
  check(strcmp(name, "aten::add") == 0 && strcmp(shapes, "[2] [2]") == 0, "its name and shapes");
  check(start > 0 && duration >= 0 && where == thread, "its time and thread");
  check(atl_profiler_event(3, &name, &shapes, &start, &duration, &where) == ATL_BAD_ARGUMENT, "no fourth event");
  check(atl_profiler_stop(&count, &dropped) == ATL_BAD_ARGUMENT, "nothing to stop");
  check(atl_profiler_clear() == ATL_OK, "clear");
  atl_tensor_release(a);
}

static void a_graph_needs_cuda() {
  int32_t devices = 0;
  void* graph = NULL;
  const char* message = "";
  check(atl_cuda_device_count(&devices) == ATL_OK, "count devices");
  if (devices > 0) return;
  check(atl_cuda_graph_new(&graph) != ATL_OK && graph == NULL, "no graph without CUDA");
  atl_last_error(&message);
  check(strlen(message) > 0, "and why not");
  check(atl_cuda_graph_release(NULL) == ATL_OK, "releasing no graph");
}

int main(void) {
  abi_numbers_match();
  add_adds_with_alpha();
  missing_trailing_arguments_take_their_defaults();
  errors_come_back_as_text();
  gradient_of_a_product();
  generator_state_round_trips();
  an_unknown_operator_is_null();
  a_recording_holds_what_ran();
  a_graph_needs_cuda();
  printf("%d passed, %d failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}
