using System.Globalization;

namespace Atelier.Metrics;

/// <summary>
/// KID: the unbiased squared maximum mean discrepancy of features, over random subsets. arXiv:1801.01401; see
/// <see cref="KernelDistance"/> for the formula.
/// </summary>
public sealed class KidMetric : CollectedMetric
{
    private readonly int subsets;
    private readonly int subsetSize;
    private readonly ulong seed;

    /// <summary>With so many subsets of such a size.</summary>
    /// <exception cref="AtelierException">No subset, or subsets of one sample (Usage).</exception>
    public KidMetric(int subsets, int subsetSize, ulong seed)
    {
        if (subsets < 1 || subsetSize < 2)
            throw new AtelierException(
                FailureKind.Usage,
                $"KID needs at least 1 subset of at least 2 samples; {subsets} of {subsetSize} were asked "
                + "for.");
        (this.subsets, this.subsetSize, this.seed) = (subsets, subsetSize, seed);
    }

    /// <inheritdoc/>
    public override string Name => "kid";

    /// <inheritdoc/>
    public override string Definition => string.Create(
        CultureInfo.InvariantCulture, $"kid/1;subsets={subsets};size={subsetSize};seed={seed}");

    /// <inheritdoc/>
    public override MetricNeeds Needs => MetricNeeds.AllFeatures | MetricNeeds.RealFeatures;

    /// <inheritdoc/>
    protected override IReadOnlyList<MetricNumber> Compute(MetricMaterial material)
    {
        var (mean, deviation) = KernelDistance.OverSubsets(
            material.Real.Features, material.Scored.Features, subsets, subsetSize, seed, material.Step);
        return [new MetricNumber("kid_mean", mean, deviation), new MetricNumber("kid_std", deviation)];
    }
}
