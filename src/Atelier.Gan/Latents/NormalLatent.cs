using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>
/// N(0, variance) in every component; BigGAN's choice with variance 1, and the law that truncates best.
/// Truncation redraws every component until |z| is at most the threshold.
/// </summary>
/// <param name="variance">Above 0.</param>
public sealed class NormalLatent(double variance = 1) : LatentLaw
{
    /// <inheritdoc/>
    public override LatentOptions Options =>
        variance == 1 ? LatentOptions.Normal : LatentOptions.Normal with { Variance = variance };

    /// <inheritdoc/>
    protected override Tensor Sample(long count, long size, double? threshold, Generator random)
    {
        // Untouched for variance 1: a factor of 1 would cost a pass over the latents.
        if (variance == 1) return TruncatedNormal.Draw(count, size, threshold, random);
        var deviation = Math.Sqrt(variance);
        var latent = TruncatedNormal.DrawWithin(count, size, threshold / deviation, random) * deviation;
        return threshold is { } limit ? latent.Clamp(-limit, limit) : latent;
    }
}
