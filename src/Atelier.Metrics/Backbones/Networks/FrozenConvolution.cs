using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>A convolution, with or without BatchNorm behind it; its result lies channels-last.</summary>
internal sealed class FrozenConvolution(ConvolutionShape shape) : FrozenLayer
{
    private Tensor? weight;
    private Tensor? bias;
    private Tensor[]? norm;

    /// <inheritdoc/>
    public override IReadOnlyList<WeightSlot> Slots => shape.Slots;

    /// <inheritdoc/>
    public override void Load(IReadOnlyDictionary<string, Tensor> weights, WeightFolding folding)
    {
        using var scope = new TensorScope();
        if (folding == WeightFolding.Separate && shape.Norm is { } name)
        {
            weight = OwnCopy(weights[shape.Name + ".weight"]);
            bias = null;
            norm = [.. ConvolutionShape.NormParts.Select(part => OwnCopy(weights[$"{name}.{part}"]))];
            return;
        }

        norm = null;
        var (kernel, offset) = shape.Fold(weights);
        weight = Own(kernel.Contiguous(MemoryFormat.ChannelsLast).Clone());
        bias = offset is null ? null : Own(offset);
    }

    /// <param name="input">[N, I, H, W].</param>
    /// <returns>[N, O, H', W'].</returns>
    public Tensor Forward(Tensor input)
    {
        using var scope = new TensorScope();
        var output = shape.Apply(input, weight!, bias);
        if (norm is null) return scope.Keep(output);
        return scope.Keep(Aten.BatchNorm(
            output, norm[0], norm[1], norm[2], norm[3], false, 0, shape.Epsilon, false));
    }

    /// <summary>The same with ReLU behind it.</summary>
    public Tensor ForwardRelu(Tensor input) => Forward(input).ReluInPlace();
}
