using Atelier.Torch.Native;

namespace Atelier.Torch;

/// <content>What can be read of a tensor, and its place in the autograd graph.</content>
public sealed unsafe partial class Tensor
{
    /// <summary>The sizes, outermost first.</summary>
    public long[] Shape
    {
        get
        {
            var info = Describe();
            var shape = new ReadOnlySpan<long>(info.Sizes, info.Rank).ToArray();
            GC.KeepAlive(this);
            return shape;
        }
    }

    /// <summary>The steps between neighbours in each dimension, in elements.</summary>
    public long[] Strides
    {
        get
        {
            var info = Describe();
            var strides = new ReadOnlySpan<long>(info.Strides, info.Rank).ToArray();
            GC.KeepAlive(this);
            return strides;
        }
    }

    /// <summary>The number of dimensions.</summary>
    public int Rank => Describe().Rank;

    /// <summary>The number of elements.</summary>
    public long NumberOfElements => Describe().ElementCount;

    /// <summary>The element type.</summary>
    public DType DType => (DType)Describe().DType;

    /// <summary>Where the elements are.</summary>
    public Device Device
    {
        get
        {
            var info = Describe();
            return new Device((DeviceType)info.DeviceType, info.DeviceIndex);
        }
    }

    /// <summary>True when the elements lie row-major without gaps.</summary>
    public bool IsContiguous => (Describe().Flags & NativeTensorInfo.ContiguousFlag) != 0;

    /// <summary>True when a rank 4 tensor lies as NHWC without gaps.</summary>
    public bool IsChannelsLast => (Describe().Flags & NativeTensorInfo.ChannelsLastFlag) != 0;

    /// <summary>True when no operator made this tensor, as far as autograd knows.</summary>
    public bool IsLeaf => (Describe().Flags & NativeTensorInfo.LeafFlag) != 0;

    /// <summary>
    /// Whether autograd follows this tensor. It can be set on leaves of a floating-point type.
    /// </summary>
    public bool RequiresGrad
    {
        get => (Describe().Flags & NativeTensorInfo.RequiresGradFlag) != 0;
        set
        {
            NativeStatus.Check(NativeMethods.TensorSetRequiresGrad(Handle, value ? 1 : 0));
            GC.KeepAlive(this);
        }
    }

    /// <summary>
    /// The gradient that backward left, or null. Each read makes a new reference, owned by the current scope
    /// or the caller. Set it to null to drop the gradient.
    /// </summary>
    public Tensor? Grad
    {
        get
        {
            NativeStatus.Check(NativeMethods.TensorGradGet(Handle, out var grad));
            GC.KeepAlive(this);
            return grad == 0 ? null : Own(grad);
        }

        set
        {
            NativeStatus.Check(NativeMethods.TensorGradSet(Handle, value?.Handle ?? 0));
            GC.KeepAlive(this);
            GC.KeepAlive(value);
        }
    }

    /// <summary>The size of one dimension; negative dimensions count from the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public long Size(int dimension)
    {
        var info = Describe();
        var index = dimension < 0 ? dimension + info.Rank : dimension;
        if (index < 0 || index >= info.Rank)
            throw new ArgumentOutOfRangeException(
                nameof(dimension), $"Dimension {dimension} of a tensor with {info.Rank} dimensions.");
        var size = info.Sizes[index];
        GC.KeepAlive(this);
        return size;
    }

    /// <summary>For instance `float32 [8, 3, 32, 32] cpu`.</summary>
    public override string ToString() =>
        IsDisposed
            ? "freed tensor"
            : $"{DType.ToString().ToLowerInvariant()} [{string.Join(", ", Shape)}] {Device}";

    internal NativeTensorInfo Describe()
    {
        NativeTensorInfo info;
        NativeStatus.Check(NativeMethods.TensorDescribe(Handle, &info));
        GC.KeepAlive(this);
        return info;
    }
}
