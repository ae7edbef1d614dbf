using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>
/// max(N(0, 1), 0) in every component, so that half of them are zero. Truncation redraws the normal number
/// before it is censored: half of the components stay zero, the others are at most the threshold.
/// </summary>
public sealed class CensoredNormalLatent : LatentLaw
{
    /// <inheritdoc/>
    public override LatentOptions Options { get; } = new("censored_normal");

    /// <inheritdoc/>
    protected override Tensor Sample(long count, long size, double? threshold, Generator random) =>
        TruncatedNormal.Draw(count, size, threshold, random).Relu();
}
