using System.Globalization;

namespace Atelier.Metrics;

/// <summary>
/// The precision-recall curve of distributions, summed up as F_8 (recall) and F_1/8 (precision); see
/// <see cref="FeaturePrecisionRecall"/>.
/// </summary>
/// <param name="options">Parameters.</param>
public sealed class PrdMetric(PrecisionRecallOptions options) : CollectedMetric
{
    private const double Beta = 8;

    /// <inheritdoc/>
    public override string Name => "prd";

    /// <inheritdoc/>
    public override string Definition => string.Create(
        CultureInfo.InvariantCulture,
        $"prd/1;clusters={options.Clusters};angles={options.Angles};runs={options.Runs};seed={options.Seed}");

    /// <inheritdoc/>
    public override MetricNeeds Needs => MetricNeeds.AllFeatures | MetricNeeds.RealFeatures;

    /// <inheritdoc/>
    public override string? WhyNot(MetricContext context) =>
        Math.Min(context.SampleCount, context.RealCount) >= options.Clusters
            ? null
            : $"'prd' sorts images into {options.Clusters} clusters; {context.SampleCount} scored and "
                + $"{context.RealCount} real ones are too few.";

    /// <inheritdoc/>
    protected override IReadOnlyList<MetricNumber> Compute(MetricMaterial material)
    {
        var curve = FeaturePrecisionRecall.Compute(
            material.Real.Features, material.Scored.Features, options, material.Warn, material.Step);
        return
        [
            new MetricNumber("prd_f8", curve.LargestFScore(Beta)) { Curve = curve.Points() },
            new MetricNumber("prd_f1_8", curve.LargestFScore(1 / Beta)),
        ];
    }
}
