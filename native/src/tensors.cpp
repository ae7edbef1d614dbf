#include "guard.h"

#include <ATen/ops/from_blob.h>

using atelier::borrow;
using atelier::borrow_or_undefined;
using atelier::give;
using atelier::guarded;

int32_t atl_tensor_release(void* tensor) {
  return guarded([&] {
    c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(static_cast<c10::TensorImpl*>(tensor));
  });
}

int32_t atl_tensor_share(void* tensor, void** other) {
  return guarded([&] { *other = give(borrow(tensor)); });
}

int32_t atl_tensor_describe(void* tensor, atl_tensor_info* info) {
  return guarded([&] {
    auto* impl = static_cast<c10::TensorImpl*>(tensor);
    info->sizes = impl->sizes().data();
    info->strides = impl->strides().data();
    info->rank = static_cast<int32_t>(impl->dim());
    info->element_count = impl->numel();
    info->data = impl->has_storage() && impl->numel() > 0 ? const_cast<void*>(static_cast<const void*>(impl->data()))
                                                          : nullptr;
    info->dtype = static_cast<int8_t>(c10::typeMetaToScalarType(impl->dtype()));
    const auto device = impl->device();
    info->device_type = static_cast<int8_t>(device.type());
    info->device_index = device.has_index() ? device.index() : -1;
    const at::Tensor view = borrow(tensor);
    info->flags = static_cast<uint8_t>(
        (view.requires_grad() ? ATL_FLAG_REQUIRES_GRAD : 0) | (view.is_leaf() ? ATL_FLAG_LEAF : 0) |
        (view.is_contiguous() ? ATL_FLAG_CONTIGUOUS : 0) |
        (impl->dim() == 4 && view.is_contiguous(at::MemoryFormat::ChannelsLast) ? ATL_FLAG_CHANNELS_LAST : 0));
  });
}

int32_t atl_tensor_from_blob(
    void* data, const int64_t* sizes, int32_t rank, int32_t dtype, void (*deleter)(void*), void* context,
    void** tensor) {
  return guarded([&] {
    const auto options = at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype));
    *tensor = give(at::from_blob(
        data, at::IntArrayRef(sizes, rank), [deleter, context](void*) { if (deleter != nullptr) deleter(context); },
        options));
  });
}

int32_t atl_tensor_set_requires_grad(void* tensor, int32_t enabled) {
  return guarded([&] { borrow(tensor).set_requires_grad(enabled != 0); });
}

int32_t atl_tensor_grad_get(void* tensor, void** grad) {
  return guarded([&] { *grad = give(borrow(tensor).grad()); });
}

int32_t atl_tensor_grad_set(void* tensor, void* grad) {
  return guarded([&] { borrow(tensor).mutable_grad() = borrow_or_undefined(grad); });
}
