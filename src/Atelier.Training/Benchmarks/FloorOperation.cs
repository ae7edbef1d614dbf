using Atelier.Torch;

namespace Atelier.Training.Benchmarks;

/// <summary>A convolution or matrix product of a training step, by its shape.</summary>
public abstract record FloorOperation
{
    /// <summary>Floating point operations forward, a multiplication and an addition counted as two; each
    /// gradient costs as many.</summary>
    public abstract double Flops { get; }

    /// <summary>Input and weight, with random numbers, in the layout that runs fastest.</summary>
    internal abstract (Tensor Input, Tensor Weight) Operands(Generator random, DType dtype);

    /// <summary>The operation through ATen alone.</summary>
    internal abstract Tensor Run(Tensor input, Tensor weight);

    /// <summary>Layout of the output's gradient: that of the output.</summary>
    internal virtual Tensor OutputGradient(Tensor output) => output.OnesLike();
}

/// <summary>A convolution with stride 1 and same padding, its input as large as its output.</summary>
/// <param name="Batch">Images.</param>
/// <param name="Inputs">Channels in.</param>
/// <param name="Outputs">Channels out.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Kernel">Side of the kernel.</param>
public sealed record ConvolutionOperation(
    long Batch, long Inputs, long Outputs, long Height, long Width, long Kernel) : FloorOperation
{
    /// <inheritdoc/>
    public override double Flops => 2.0 * Batch * Inputs * Outputs * Height * Width * Kernel * Kernel;

    internal override (Tensor Input, Tensor Weight) Operands(Generator random, DType dtype) => (
        ChannelsLast(Tensor.Randn([Batch, Inputs, Height, Width], random), dtype),
        ChannelsLast(Tensor.Randn([Outputs, Inputs, Kernel, Kernel], random), dtype));

    internal override Tensor Run(Tensor input, Tensor weight) =>
        Aten.Conv2d(input, weight, null, [1, 1], [Kernel / 2, Kernel / 2]);

    private static Tensor ChannelsLast(Tensor tensor, DType dtype) =>
        tensor.To(dtype).Contiguous(MemoryFormat.ChannelsLast);
}

/// <summary>Matrix products [R, I] x [I, C], so many at once.</summary>
/// <param name="Batch">How many; 1 for a layer over a batch of rows.</param>
/// <param name="Rows">R.</param>
/// <param name="Inner">I.</param>
/// <param name="Columns">C.</param>
public sealed record ProductOperation(long Batch, long Rows, long Inner, long Columns) : FloorOperation
{
    /// <inheritdoc/>
    public override double Flops => 2.0 * Batch * Rows * Inner * Columns;

    internal override (Tensor Input, Tensor Weight) Operands(Generator random, DType dtype)
    {
        var left = Tensor.Randn([Batch, Rows, Inner], random);
        var right = Tensor.Randn([Batch, Inner, Columns], random);
        return (left.To(dtype), right.To(dtype));
    }

    internal override Tensor Run(Tensor input, Tensor weight) => input.Bmm(weight);
}
