using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>
/// N(0, v) with a variance of each sample's own, uniform between two bounds. Truncation redraws every
/// component until |z| is at most the threshold, the sample's variance staying as it is.
/// </summary>
public sealed class VariableNormalLatent : LatentLaw
{
    private readonly double low;
    private readonly double high;

    /// <summary>Creates the law.</summary>
    /// <param name="low">The least variance, above 0.</param>
    /// <param name="high">The greatest.</param>
    /// <exception cref="AtelierException">The bounds are the wrong way round.</exception>
    public VariableNormalLatent(double low, double high)
    {
        if (low > high)
            throw new AtelierException(
                FailureKind.Usage,
                FormattableString.Invariant(
                    $"The latents' variance_low is {low} and their variance_high {high}; swap them."));
        this.low = low;
        this.high = high;
        Options = new LatentOptions("variable_normal") { VarianceLow = low, VarianceHigh = high };
    }

    /// <inheritdoc/>
    public override LatentOptions Options { get; }

    /// <inheritdoc/>
    protected override Tensor Sample(long count, long size, double? threshold, Generator random)
    {
        var deviation = Tensor.Empty([count, 1]).UniformInPlace(low, high, random).Sqrt();
        return threshold is { } limit
            ? (TruncatedNormal.DrawWithin(size, deviation.To(DType.Float64).Reciprocal() * limit, random) * deviation)
                .Clamp(-limit, limit)
            : Tensor.Randn([count, size], random) * deviation;
    }
}
