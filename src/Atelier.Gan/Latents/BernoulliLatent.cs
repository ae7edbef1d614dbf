using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>Every component 0 or 1, each with probability one half.</summary>
public sealed class BernoulliLatent : LatentLaw
{
    /// <inheritdoc/>
    public override LatentOptions Options { get; } = new("bernoulli");

    /// <inheritdoc/>
    public override string WhyNotTruncated =>
        "its components are 0 or 1, and without the ones nothing would be left to vary";

    /// <inheritdoc/>
    protected override Tensor Sample(long count, long size, double? threshold, Generator random) =>
        Coins(count, size, random);
}
