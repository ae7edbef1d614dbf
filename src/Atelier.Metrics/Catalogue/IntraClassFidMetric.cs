namespace Atelier.Metrics;

/// <summary>The mean over classes of the Fréchet distance within each; see
/// <see cref="IntraClassDistance"/>.</summary>
public sealed class IntraClassFidMetric : CollectedMetric
{
    /// <inheritdoc/>
    public override string Name => "ifid";

    /// <inheritdoc/>
    public override string Definition => "ifid/1";

    /// <inheritdoc/>
    public override MetricNeeds Needs =>
        MetricNeeds.AllFeatures | MetricNeeds.RealFeatures | MetricNeeds.Labels | MetricNeeds.RealLabels;

    /// <inheritdoc/>
    protected override IReadOnlyList<MetricNumber> Compute(MetricMaterial material)
    {
        var distances = IntraClassDistance.Compute(
            material.Real.Features, material.Real.Labels.Span, material.Scored.Features,
            material.Scored.Labels.Span, material.Warn);
        return [new MetricNumber("ifid", distances.Values.Average())];
    }
}
