#include "guard.h"

#include <c10/util/Exception.h>

#include <new>

namespace atelier {

namespace {
thread_local std::string last_error;

// libtorch appends a C++ stack trace to its messages; a user has no use for it.
std::string without_backtrace(const c10::Error& error) {
  return error.what_without_backtrace();
}

bool is_out_of_memory(const std::string& message) {
  return message.find("out of memory") != std::string::npos ||
      message.find("can't allocate memory") != std::string::npos ||
      message.find("not enough memory") != std::string::npos;
}
}  // namespace

void set_error(const std::string& message) {
  last_error = message;
}

int32_t record_current_exception() noexcept {
  try {
    try {
      throw;
    } catch (const bad_argument& error) {
      set_error(error.what());
      return ATL_BAD_ARGUMENT;
    } catch (const std::bad_alloc&) {
      set_error("the host is out of memory");
      return ATL_OUT_OF_MEMORY;
    } catch (const c10::Error& error) {
      set_error(without_backtrace(error));
      return is_out_of_memory(last_error) ? ATL_OUT_OF_MEMORY : ATL_ERROR;
    } catch (const std::exception& error) {
      set_error(error.what());
      return is_out_of_memory(last_error) ? ATL_OUT_OF_MEMORY : ATL_ERROR;
    } catch (...) {
      set_error("an exception of an unknown type");
      return ATL_ERROR;
    }
  } catch (...) {
    // Even the message could not be stored.
    return ATL_OUT_OF_MEMORY;
  }
}

}  // namespace atelier

int32_t atl_last_error(const char** message) {
  *message = atelier::last_error.c_str();
  return ATL_OK;
}
