using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>
/// The first half of the components from N(0, 1), the others (one more where the size is odd) 0 or 1 with
/// probability one half. Truncation acts on the normal half; the Bernoulli half has nothing to truncate.
/// With skip-z the two halves go to different layers.
/// </summary>
public sealed class NormalAndBernoulliLatent : LatentLaw
{
    /// <inheritdoc/>
    public override LatentOptions Options { get; } = new("normal_and_bernoulli");

    /// <inheritdoc/>
    protected override Tensor Sample(long count, long size, double? threshold, Generator random)
    {
        var normal = TruncatedNormal.Draw(count, size / 2, threshold, random);
        return Aten.Cat([normal, Coins(count, size - size / 2, random)], 1);
    }
}
