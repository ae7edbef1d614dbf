using System.Runtime.InteropServices;

namespace Atelier.Torch.Native;

/// <summary>
/// The imports of libatelier_native, one for every function of native/include/atelier_native.h.
/// </summary>
/// <remarks>Calls that touch no allocator and cannot block skip the garbage collector's transition.</remarks>
internal static unsafe partial class NativeMethods
{
    internal const string Library = "atelier_native";

    [LibraryImport(Library, EntryPoint = "atl_abi")]
    internal static partial int Abi(out int version, out int valueSize, out int infoSize);

    [LibraryImport(Library, EntryPoint = "atl_libtorch_version")]
    internal static partial int LibtorchVersion(out byte* version);

    [LibraryImport(Library, EntryPoint = "atl_last_error")]
    internal static partial int LastError(out byte* message);

    [LibraryImport(Library, EntryPoint = "atl_threads_get")]
    internal static partial int ThreadsGet(out int count);

    [LibraryImport(Library, EntryPoint = "atl_threads_set")]
    internal static partial int ThreadsSet(int count);

    [LibraryImport(Library, EntryPoint = "atl_cuda_device_count")]
    internal static partial int CudaDeviceCount(out int count);

    [LibraryImport(Library, EntryPoint = "atl_deterministic_set")]
    internal static partial int DeterministicSet(int enabled);

    [LibraryImport(Library, EntryPoint = "atl_definitions_get")]
    internal static partial int DefinitionsGet(out int enabled);

    [LibraryImport(Library, EntryPoint = "atl_definitions_set")]
    internal static partial int DefinitionsSet(int enabled);

    [LibraryImport(Library, EntryPoint = "atl_allocator_hold")]
    internal static partial int AllocatorHold(long trimThreshold);

    [LibraryImport(Library, EntryPoint = "atl_free")]
    internal static partial int Free(void* memory);

    [LibraryImport(Library, EntryPoint = "atl_operator_find", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int OperatorFind(string name, string overload, out nint op);

    [LibraryImport(Library, EntryPoint = "atl_operator_schema")]
    internal static partial int OperatorSchema(nint op, byte* buffer, int capacity, out int needed);

    [LibraryImport(Library, EntryPoint = "atl_operator_call")]
    internal static partial int OperatorCall(
        nint op, NativeValue* arguments, int argumentCount, NativeValue* results, int resultCount);

    [LibraryImport(Library, EntryPoint = "atl_tensor_release")]
    internal static partial int TensorRelease(nint tensor);

    [LibraryImport(Library, EntryPoint = "atl_tensor_share")]
    internal static partial int TensorShare(nint tensor, out nint other);

    [LibraryImport(Library, EntryPoint = "atl_tensor_describe")]
    [SuppressGCTransition]
    internal static partial int TensorDescribe(nint tensor, NativeTensorInfo* info);

    [LibraryImport(Library, EntryPoint = "atl_tensor_from_blob")]
    internal static partial int TensorFromBlob(
        void* data, long* sizes, int rank, int dtype, delegate* unmanaged<nint, void> deleter, nint context,
        out nint tensor);

    [LibraryImport(Library, EntryPoint = "atl_tensor_set_requires_grad")]
    internal static partial int TensorSetRequiresGrad(nint tensor, int enabled);

    [LibraryImport(Library, EntryPoint = "atl_tensor_grad_get")]
    internal static partial int TensorGradGet(nint tensor, out nint grad);

    [LibraryImport(Library, EntryPoint = "atl_tensor_grad_set")]
    internal static partial int TensorGradSet(nint tensor, nint grad);

    [LibraryImport(Library, EntryPoint = "atl_backward")]
    internal static partial int Backward(
        nint* outputs, int outputCount, nint* outputGrads, int retainGraph, int createGraph);

    [LibraryImport(Library, EntryPoint = "atl_grad")]
    internal static partial int Grad(
        nint* outputs, int outputCount, nint* inputs, int inputCount, nint* outputGrads, int retainGraph,
        int createGraph, int allowUnused, nint* grads);

    [LibraryImport(Library, EntryPoint = "atl_grad_mode_get")]
    [SuppressGCTransition]
    internal static partial int GradModeGet(out int enabled);

    [LibraryImport(Library, EntryPoint = "atl_grad_mode_set")]
    [SuppressGCTransition]
    internal static partial int GradModeSet(int enabled);

    [LibraryImport(Library, EntryPoint = "atl_autocast_get")]
    internal static partial int AutocastGet(int deviceType, out int enabled, out int dtype);

    [LibraryImport(Library, EntryPoint = "atl_autocast_set")]
    internal static partial int AutocastSet(int deviceType, int enabled, int dtype);

    [LibraryImport(Library, EntryPoint = "atl_autocast_clear_cache")]
    internal static partial int AutocastClearCache();

    [LibraryImport(Library, EntryPoint = "atl_generator_new")]
    internal static partial int GeneratorNew(int deviceType, int deviceIndex, ulong seed, out nint generator);

    [LibraryImport(Library, EntryPoint = "atl_generator_default")]
    internal static partial int GeneratorDefault(int deviceType, int deviceIndex, out nint generator);

    [LibraryImport(Library, EntryPoint = "atl_cuda_graph_new")]
    internal static partial int CudaGraphNew(out nint graph);

    [LibraryImport(Library, EntryPoint = "atl_cuda_graph_enter")]
    internal static partial int CudaGraphEnter(nint graph, int toRecord);

    [LibraryImport(Library, EntryPoint = "atl_cuda_graph_leave")]
    internal static partial int CudaGraphLeave(nint graph);

    [LibraryImport(Library, EntryPoint = "atl_cuda_graph_replay")]
    internal static partial int CudaGraphReplay(nint graph);

    [LibraryImport(Library, EntryPoint = "atl_cuda_graph_release")]
    internal static partial int CudaGraphRelease(nint graph);

    [LibraryImport(Library, EntryPoint = "atl_generator_release")]
    internal static partial int GeneratorRelease(nint generator);

    [LibraryImport(Library, EntryPoint = "atl_generator_seed")]
    internal static partial int GeneratorSeed(nint generator, ulong seed);

    [LibraryImport(Library, EntryPoint = "atl_generator_state_get")]
    internal static partial int GeneratorStateGet(nint generator, out nint state);

    [LibraryImport(Library, EntryPoint = "atl_generator_state_set")]
    internal static partial int GeneratorStateSet(nint generator, nint state);

    [LibraryImport(Library, EntryPoint = "atl_profiler_start")]
    internal static partial int ProfilerStart(long capacity, int withShapes, out long thread);

    [LibraryImport(Library, EntryPoint = "atl_profiler_stop")]
    internal static partial int ProfilerStop(out long count, out long dropped);

    [LibraryImport(Library, EntryPoint = "atl_profiler_event")]
    internal static partial int ProfilerEvent(
        long index, out byte* name, out byte* shapes, out long start, out long duration, out long thread);

    [LibraryImport(Library, EntryPoint = "atl_profiler_clear")]
    internal static partial int ProfilerClear();

    [LibraryImport(Library, EntryPoint = "atl_benchmark_add")]
    internal static partial int BenchmarkAdd(nint left, nint right, long calls, int boxed);
}
