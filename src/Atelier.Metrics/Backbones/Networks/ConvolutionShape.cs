using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>A convolution and the BatchNorm behind it, as a state dict names them.</summary>
internal sealed record ConvolutionShape(string Name, long Inputs, long Outputs, long Height, long Width)
{
    /// <summary>The parts of a BatchNorm in the order of its arguments.</summary>
    public static readonly string[] NormParts = ["weight", "bias", "running_mean", "running_var"];

    /// <summary>Name of the BatchNorm behind it, or null.</summary>
    public string? Norm { get; init; }

    /// <summary>Added to BatchNorm's variance.</summary>
    public double Epsilon { get; init; } = 1e-5;

    /// <summary>Whether the convolution has a bias of its own.</summary>
    public bool HasBias { get; init; }

    /// <summary>The step in both directions.</summary>
    public long Stride { get; init; } = 1;

    /// <summary>Zeros around the picture, rows and columns.</summary>
    public (long Rows, long Columns) Padding { get; init; }

    /// <summary>What a state dict has of it.</summary>
    public IReadOnlyList<WeightSlot> Slots
    {
        get
        {
            List<WeightSlot> slots = [new(Name + ".weight", [Outputs, Inputs, Height, Width])];
            if (HasBias) slots.Add(new(Name + ".bias", [Outputs]));
            if (Norm is not null)
                slots.AddRange(NormParts.Select(part => new WeightSlot($"{Norm}.{part}", [Outputs])));
            return slots;
        }
    }

    /// <summary>Kernel [O, I, H, W] and bias [O] with BatchNorm multiplied in, computed in float64.</summary>
    public (Tensor Kernel, Tensor? Bias) Fold(IReadOnlyDictionary<string, Tensor> weights)
    {
        using var scope = new TensorScope();
        var kernel = weights[Name + ".weight"];
        var bias = HasBias ? weights[Name + ".bias"] : null;
        if (Norm is null) return (scope.Keep(kernel.Clone()), bias is null ? null : scope.Keep(bias.Clone()));

        var parts = Array.ConvertAll(NormParts, part => weights[$"{Norm}.{part}"].To(DType.Float64));
        var gain = parts[0] / (parts[3] + Epsilon).Sqrt();
        var offset = bias is null ? parts[1] - parts[2] * gain
            : parts[1] + (bias.To(DType.Float64) - parts[2]) * gain;
        var folded = kernel.To(DType.Float64) * gain.Reshape([-1, 1, 1, 1]);
        return (scope.Keep(folded.To(DType.Float32)), scope.Keep(offset.To(DType.Float32)));
    }

    /// <summary>Runs it.</summary>
    public Tensor Apply(Tensor input, Tensor kernel, Tensor? bias) => Aten.Conv2d(
        input, kernel, bias, [Stride, Stride], [Padding.Rows, Padding.Columns]);
}
