using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>
/// N(0, v) whose variance v goes in a straight line from the first step of training to the last; the paper
/// liked 2 to 1. A model file keeps the law of its own moment, a <see cref="NormalLatent"/>, so that nothing
/// has to be known of the run.
/// </summary>
/// <param name="start">The variance in the first step, above 0.</param>
/// <param name="end">The variance in the last step, above 0.</param>
public sealed class AnnealedNormalLatent(double start, double end) : LatentLaw
{
    /// <inheritdoc/>
    public override LatentOptions Options { get; } =
        new("annealed_normal") { VarianceStart = start, VarianceEnd = end };

    /// <inheritdoc/>
    public override LatentLaw At(double progress) => new NormalLatent(start + (end - start) * progress);

    /// <inheritdoc/>
    protected override Tensor Sample(long count, long size, double? threshold, Generator random) =>
        At(1).Draw(count, size, threshold, random);
}
