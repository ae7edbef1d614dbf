using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>
/// U[-1, 1] in every component. Truncation redraws until |z| is at most the threshold, which is U[-t, t]; a
/// threshold of 1 or more changes nothing.
/// </summary>
public sealed class UniformLatent : LatentLaw
{
    /// <inheritdoc/>
    public override LatentOptions Options { get; } = new("uniform");

    /// <inheritdoc/>
    protected override Tensor Sample(long count, long size, double? threshold, Generator random)
    {
        var edge = Math.Min(threshold ?? 1, 1);
        return Tensor.Empty([count, size]).UniformInPlace(-edge, edge, random);
    }
}
