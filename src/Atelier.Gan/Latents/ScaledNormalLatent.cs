using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>
/// N(0, 1) redrawn until |z| is at most 2, times the truncation: how generators are sampled whose BatchNorm
/// statistics were gathered by truncation (BigGAN's published TF Hub models). No run is trained on it.
/// </summary>
public sealed class ScaledNormalLatent : LatentLaw
{
    private const double Range = 2;

    /// <inheritdoc/>
    /// <remarks>Training was on N(0, 1); that a file has statistics by truncation says the rest.</remarks>
    public override LatentOptions Options => LatentOptions.Normal;

    /// <inheritdoc/>
    protected override Tensor Sample(long count, long size, double? threshold, Generator random) =>
        TruncatedNormal.Draw(count, size, Range, random) * (threshold ?? 1);
}
