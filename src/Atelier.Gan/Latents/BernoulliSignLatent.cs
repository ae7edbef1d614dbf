using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>Every component -1 or 1, each with probability one half.</summary>
public sealed class BernoulliSignLatent : LatentLaw
{
    /// <inheritdoc/>
    public override LatentOptions Options { get; } = new("bernoulli_sign");

    /// <inheritdoc/>
    public override string WhyNotTruncated => "its components are -1 or 1, all of one size";

    /// <inheritdoc/>
    protected override Tensor Sample(long count, long size, double? threshold, Generator random) =>
        Coins(count, size, random) * 2 - 1;
}
