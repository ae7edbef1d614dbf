using System.Globalization;

namespace Atelier.Metrics;

/// <summary>
/// Precision and recall (arXiv:1904.06991), density and coverage (arXiv:2002.09797); see
/// <see cref="ManifoldOverlap"/>.
/// </summary>
public sealed class PrdcMetric : CollectedMetric
{
    private readonly int neighbours;

    /// <summary>With balls that reach to the k-th neighbour.</summary>
    /// <exception cref="AtelierException">k is below 1 (Usage).</exception>
    public PrdcMetric(int neighbours)
    {
        if (neighbours < 1)
            throw new AtelierException(
                FailureKind.Usage,
                $"Precision, recall, density and coverage need at least 1 neighbour; k is {neighbours}.");
        this.neighbours = neighbours;
    }

    /// <inheritdoc/>
    public override string Name => "prdc";

    /// <inheritdoc/>
    public override string Definition => string.Create(
        CultureInfo.InvariantCulture, $"prdc/1;k={neighbours}");

    /// <inheritdoc/>
    public override MetricNeeds Needs => MetricNeeds.AllFeatures | MetricNeeds.RealFeatures;

    /// <inheritdoc/>
    protected override IReadOnlyList<MetricNumber> Compute(MetricMaterial material)
    {
        var scores = ManifoldOverlap.Compute(
            material.Real.Features, material.Scored.Features, neighbours, material.Step);
        return
        [
            new MetricNumber("precision", scores.Precision), new MetricNumber("recall", scores.Recall),
            new MetricNumber("density", scores.Density), new MetricNumber("coverage", scores.Coverage),
        ];
    }
}
