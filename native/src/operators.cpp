// Operators are called boxed: one entry point for every ATen operator, with autograd, autocast and device dispatch.
#include "bfloat16.h"
#include "guard.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/function_schema.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/stack.h>

#include <cstdlib>
#include <cstring>
#include <sstream>

using atelier::borrow;
using atelier::borrow_or_undefined;
using atelier::give;
using atelier::guarded;

namespace {

// An operator found once; it lives as long as the process, as the dispatcher's own entry does.
struct found_operator {
  c10::OperatorHandle handle;
  size_t argument_count;
  size_t return_count;
  bool is_cast;  // autocast would run it in bfloat16
};

c10::IValue optional_tensor_list(const atl_value& value) {
  c10::List<c10::optional<at::Tensor>> list;
  list.reserve(value.count);
  auto* items = static_cast<void* const*>(value.u.p);
  for (int32_t k = 0; k < value.count; k++)
    list.push_back(items[k] == nullptr ? c10::optional<at::Tensor>() : c10::optional<at::Tensor>(borrow(items[k])));
  return list;
}

c10::IValue tensor_list(const atl_value& value) {
  c10::List<at::Tensor> list;
  list.reserve(value.count);
  auto* items = static_cast<void* const*>(value.u.p);
  for (int32_t k = 0; k < value.count; k++) list.push_back(borrow(items[k]));
  return list;
}

c10::IValue to_ivalue(const atl_value& value) {
  switch (value.tag) {
    case ATL_NONE:
      return c10::IValue();
    case ATL_TENSOR:
      return borrow(value.u.p);
    case ATL_INT:
      return value.u.i;
    case ATL_DOUBLE:
      return value.u.d;
    case ATL_BOOL:
      return value.u.i != 0;
    case ATL_INT_LIST: {
      auto* items = static_cast<const int64_t*>(value.u.p);
      return c10::IntArrayRef(items, value.count);
    }
    case ATL_DOUBLE_LIST: {
      auto* items = static_cast<const double*>(value.u.p);
      return c10::ArrayRef<double>(items, value.count);
    }
    case ATL_TENSOR_LIST:
      return tensor_list(value);
    case ATL_OPTIONAL_TENSOR_LIST:
      return optional_tensor_list(value);
    case ATL_STRING:
      return std::string(static_cast<const char*>(value.u.p), value.count);
    case ATL_DEVICE:
      return atelier::device_of(static_cast<int32_t>(value.u.i >> 8), static_cast<int8_t>(value.u.i & 0xff));
    case ATL_GENERATOR:
      return *static_cast<at::Generator*>(value.u.p);
    default:
      throw atelier::bad_argument("an argument has the unknown tag " + std::to_string(value.tag));
  }
}

void from_ivalue(c10::IValue&& value, atl_value* out) {
  out->count = 0;
  out->u.p = nullptr;
  if (value.isTensor()) {
    out->u.p = give(std::move(value).toTensor());
    out->tag = out->u.p == nullptr ? ATL_NONE : ATL_TENSOR;
  } else if (value.isNone()) {
    out->tag = ATL_NONE;
  } else if (value.isBool()) {
    out->tag = ATL_BOOL;
    out->u.i = value.toBool() ? 1 : 0;
  } else if (value.isInt()) {
    out->tag = ATL_INT;
    out->u.i = value.toInt();
  } else if (value.isDouble()) {
    out->tag = ATL_DOUBLE;
    out->u.d = value.toDouble();
  } else if (value.isTensorList()) {
    auto list = value.toTensorVector();
    auto** items = static_cast<void**>(std::malloc(sizeof(void*) * (list.empty() ? 1 : list.size())));
    if (items == nullptr) throw std::bad_alloc();
    for (size_t k = 0; k < list.size(); k++) items[k] = give(std::move(list[k]));
    out->tag = ATL_TENSOR_LIST;
    out->count = static_cast<int32_t>(list.size());
    out->u.p = items;
  } else {
    throw atelier::bad_argument("an operator returned a " + value.tagKind() + ", which has no tag");
  }
}

}  // namespace

int32_t atl_operator_find(const char* name, const char* overload, void** op) {
  return guarded([&] {
    auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
    if (!handle.has_value()) {
      *op = nullptr;
      return;
    }
    const auto& schema = handle->schema();
    *op = new found_operator{
        *handle, schema.arguments().size(), schema.returns().size(), atelier::is_cast_to_bfloat16(name)};
  });
}

int32_t atl_operator_schema(void* op, char* buffer, int32_t capacity, int32_t* needed) {
  return guarded([&] {
    std::ostringstream text;
    text << static_cast<found_operator*>(op)->handle.schema();
    const auto line = text.str();
    *needed = static_cast<int32_t>(line.size());
    if (capacity >= *needed) std::memcpy(buffer, line.data(), line.size());
  });
}

int32_t atl_operator_call(
    void* op, const atl_value* arguments, int32_t argument_count, atl_value* results, int32_t result_count) {
  return guarded([&] {
    auto* found = static_cast<found_operator*>(op);
    if (argument_count > static_cast<int32_t>(found->argument_count) ||
        (result_count != 0 && result_count != static_cast<int32_t>(found->return_count)))
      throw atelier::bad_argument(
          found->handle.operator_name().name + " got " + std::to_string(argument_count) + " arguments and room for " +
          std::to_string(result_count) + " results; it has " + std::to_string(found->argument_count) + " and " +
          std::to_string(found->return_count));

    // One stack a thread: an operator that calls back into Atelier would find it in use, so it is moved out.
    static thread_local torch::jit::Stack reused;
    torch::jit::Stack stack = std::move(reused);
    stack.clear();
    for (int32_t k = 0; k < argument_count; k++) stack.emplace_back(to_ivalue(arguments[k]));
    // A newer libtorch may have added arguments at the end; they all have defaults.
    const auto& declared = found->argument_count;
    if (argument_count < static_cast<int32_t>(declared)) {
      const auto& schema = found->handle.schema();
      for (size_t k = argument_count; k < declared; k++) {
        const auto& default_value = schema.arguments()[k].default_value();
        if (!default_value.has_value())
          throw atelier::bad_argument(
              found->handle.operator_name().name + " needs the argument '" + schema.arguments()[k].name() + "'");
        stack.push_back(*default_value);
      }
    }
    if (found->is_cast && atelier::only_stores_bfloat16())
      atelier::call_widened(found->handle, stack);
    else
      found->handle.callBoxed(&stack);
    for (int32_t k = 0; k < result_count; k++) from_ivalue(std::move(stack[k]), &results[k]);
    stack.clear();
    reused = std::move(stack);
  });
}
