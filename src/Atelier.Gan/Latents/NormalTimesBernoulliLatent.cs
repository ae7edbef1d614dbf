using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>
/// N(0, 1) times a Bernoulli variable {0, 1} in every component: a normal latent of which half is switched
/// off. Truncation acts on the normal factor.
/// </summary>
public sealed class NormalTimesBernoulliLatent : LatentLaw
{
    /// <inheritdoc/>
    public override LatentOptions Options { get; } = new("normal_times_bernoulli");

    /// <inheritdoc/>
    protected override Tensor Sample(long count, long size, double? threshold, Generator random) =>
        TruncatedNormal.Draw(count, size, threshold, random) * Coins(count, size, random);
}
