using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>Every component -1, 0 or 1, each with probability one third.</summary>
public sealed class CategoricalLatent : LatentLaw
{
    /// <inheritdoc/>
    public override LatentOptions Options { get; } = new("categorical");

    /// <inheritdoc/>
    public override string WhyNotTruncated =>
        "its components are -1, 0 or 1, and without those of size 1 nothing would be left to vary";

    /// <inheritdoc/>
    protected override Tensor Sample(long count, long size, double? threshold, Generator random) =>
        Aten.Randint(-1, 2, [count, size], random, DType.Int64).To(DType.Float32);
}
