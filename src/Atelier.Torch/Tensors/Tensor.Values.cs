using System.Runtime.CompilerServices;

namespace Atelier.Torch;

/// <content>Elements into managed memory and back.</content>
public sealed unsafe partial class Tensor
{
    /// <summary>A row-major copy of the elements.</summary>
    /// <exception cref="AtelierException"><typeparamref name="T"/> is not the element type.</exception>
    public T[] ToArray<T>()
        where T : unmanaged
    {
        var values = new T[NumberOfElements];
        CopyTo(values.AsSpan());
        return values;
    }

    /// <summary>Copies the elements, row-major, into a span of the same length.</summary>
    public void CopyTo<T>(Span<T> target)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() != DType.ByteSize() || (typeof(T) != typeof(byte) && DTypes.Of<T>() != DType))
            throw new AtelierException(
                FailureKind.Bug, $"The elements are {DType}; {typeof(T).Name} was asked for.");
        CopyBytesTo(System.Runtime.InteropServices.MemoryMarshal.AsBytes(target));
    }

    /// <summary>
    /// Copies the raw bytes of the elements, row-major, into a span of exactly their length.
    /// </summary>
    public void CopyBytesTo(Span<byte> target)
    {
        var length = NumberOfElements * DType.ByteSize();
        if (target.Length != length)
            throw new AtelierException(
                FailureKind.Bug, $"{length} bytes do not fit a span of {target.Length}.");
        UseBytes(target, static (bytes, span) => bytes.CopyTo(span));
    }

    /// <summary>Overwrites the elements with raw bytes, row-major. The layout in memory stays.</summary>
    public void CopyBytesFrom(ReadOnlySpan<byte> source)
    {
        var length = NumberOfElements * DType.ByteSize();
        if (source.Length != length)
            throw new AtelierException(
                FailureKind.Bug, $"{source.Length} bytes do not fill a tensor of {length}.");
        if (IsContiguous && Device.Type == DeviceType.Cpu)
        {
            source.CopyTo(new Span<byte>(Describe().Data, source.Length));
            GC.KeepAlive(this);
            return;
        }

        using var noGrad = new NoGradScope();
        using var staged = Empty(Shape, DType).DetachFromScope();
        source.CopyTo(new Span<byte>(staged.Describe().Data, source.Length));
        CopyInPlace(staged);
    }

    /// <summary>
    /// The elements where they lie, row-major, without a copy. The span is valid as long as this tensor lives
    /// and is not written to; who uses it keeps the tensor reachable (<see cref="GC.KeepAlive"/>).
    /// </summary>
    /// <exception cref="AtelierException">Another element type, a tensor that is not on the host or does not
    /// lie row-major in one piece, or one of 2^31 elements or more.</exception>
    public ReadOnlySpan<T> AsSpan<T>()
        where T : unmanaged
    {
        if (DTypes.Of<T>() != DType || !IsContiguous || Device.Type != DeviceType.Cpu
            || NumberOfElements > int.MaxValue)
            throw new AtelierException(
                FailureKind.Bug,
                $"A span of {typeof(T).Name} needs a contiguous tensor on the host; this is {this}.");
        return new ReadOnlySpan<T>(Describe().Data, (int)NumberOfElements);
    }

    /// <summary>The single element as a double.</summary>
    /// <exception cref="AtelierException">There is not exactly one element.</exception>
    public double Item()
    {
        if (NumberOfElements != 1)
            throw new AtelierException(FailureKind.Bug, $"Item needs one element; this is {this}.");
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var host = Detach().To(Device.Cpu, DType.Float64);
        return *(double*)host.Describe().Data;
    }

    /// <summary>
    /// Reads the elements, row-major, as bytes, without copying when they already lie so on the host.
    /// </summary>
    internal void UseBytes<TState>(TState state, SpanUser<TState> use)
        where TState : allows ref struct
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var source = IsContiguous && Device.Type == DeviceType.Cpu
            ? this
            : Detach().To(Device.Cpu, DType).Contiguous();
        var info = source.Describe();
        use(
            new ReadOnlySpan<byte>(info.Data, checked((int)(info.ElementCount * source.DType.ByteSize()))),
            state);
        GC.KeepAlive(source);
    }

    /// <summary>Receives the bytes of a tensor.</summary>
    internal delegate void SpanUser<in TState>(ReadOnlySpan<byte> bytes, TState state)
        where TState : allows ref struct;
}
