using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Atelier.Torch.Native;

namespace Atelier.Torch;

/// <content>Tensors from shapes, arrays and memory.</content>
public sealed unsafe partial class Tensor
{
    /// <summary>A tensor of zeros.</summary>
    public static Tensor Zeros(
        ReadOnlySpan<long> shape, DType dtype = DType.Float32, Device? device = null) =>
        Aten.Zeros(shape, dtype, device);

    /// <summary>A tensor of ones.</summary>
    public static Tensor Ones(ReadOnlySpan<long> shape, DType dtype = DType.Float32, Device? device = null) =>
        Aten.Ones(shape, dtype, device);

    /// <summary>A tensor of one value.</summary>
    public static Tensor Full(
        ReadOnlySpan<long> shape, double value, DType dtype = DType.Float32, Device? device = null) =>
        Aten.Full(shape, value, dtype, device);

    /// <summary>A tensor whose elements are not set.</summary>
    public static Tensor Empty(
        ReadOnlySpan<long> shape, DType dtype = DType.Float32, Device? device = null) =>
        Aten.Empty(shape, dtype, device);

    /// <summary>Independent draws from N(0, 1), float32, on the generator's device.</summary>
    public static Tensor Randn(ReadOnlySpan<long> shape, Generator generator) =>
        Aten.Randn(shape, generator, DType.Float32, generator.Device);

    /// <summary>Independent draws from U[0, 1), float32, on the generator's device.</summary>
    public static Tensor Rand(ReadOnlySpan<long> shape, Generator generator) =>
        Aten.Rand(shape, generator, DType.Float32, generator.Device);

    /// <summary>A tensor on the host with a copy of an array, row-major.</summary>
    /// <exception cref="AtelierException">The shape has another number of elements than the
    /// array.</exception>
    public static Tensor FromArray<T>(ReadOnlySpan<T> values, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        long count = 1;
        foreach (var size in shape) count *= size;
        if (count != values.Length)
            throw new AtelierException(
                FailureKind.Bug,
                $"{values.Length} values do not fill the shape [{string.Join(", ", shape.ToArray())}].");
        var tensor = Empty(shape, DTypes.Of<T>());
        values.CopyTo(new Span<T>(tensor.Describe().Data, values.Length));
        GC.KeepAlive(tensor);
        return tensor;
    }

    /// <summary>A tensor over memory that stays where it is: nothing is copied.</summary>
    /// <param name="memory">The first element; it has to stay valid as long as <paramref name="keepAlive"/>
    /// lives.</param>
    /// <param name="shape">Row-major shape.</param>
    /// <param name="dtype">The type of the elements in memory.</param>
    /// <param name="keepAlive">Held until the last native reference to the memory is gone.</param>
    public static Tensor FromMemory(nint memory, ReadOnlySpan<long> shape, DType dtype, object keepAlive)
    {
        TorchRuntime.EnsureLoaded();
        var context = GCHandle.ToIntPtr(GCHandle.Alloc(keepAlive));
        fixed (long* sizes = shape)
        {
            var status = NativeMethods.TensorFromBlob(
                (void*)memory, sizes, shape.Length, (int)dtype, &ReleaseContext, context, out var native);
            if (status != 0) GCHandle.FromIntPtr(context).Free();
            NativeStatus.Check(status);
            return Own(native);
        }
    }

    [UnmanagedCallersOnly]
    private static void ReleaseContext(nint context) => GCHandle.FromIntPtr(context).Free();
}
