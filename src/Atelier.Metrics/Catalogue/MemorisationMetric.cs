namespace Atelier.Metrics;

/// <summary>
/// The nearest-neighbour distance of scored images to the real ones, beside that of real images which
/// training did not see; see <see cref="MemorisationDistance"/>.
/// </summary>
public sealed class MemorisationMetric : CollectedMetric
{
    /// <inheritdoc/>
    public override string Name => "memorisation";

    /// <inheritdoc/>
    public override string Definition => "memorisation/1;cosine;copies=0.01";

    /// <inheritdoc/>
    public override MetricNeeds Needs =>
        MetricNeeds.AllFeatures | MetricNeeds.RealFeatures | MetricNeeds.HeldOutFeatures;

    /// <inheritdoc/>
    protected override IReadOnlyList<MetricNumber> Compute(MetricMaterial material)
    {
        var scores = MemorisationDistance.Compute(
            material.Real.Features, material.HeldOut!.Features, material.Scored.Features, material.Step);
        return
        [
            new MetricNumber("memorisation_ratio", scores.Ratio),
            new MetricNumber("memorisation_distance", scores.Distance),
            new MetricNumber("memorisation_held_out", scores.HeldOutDistance),
            new MetricNumber("memorisation_copies", scores.CopyShare),
            new MetricNumber("memorisation_z", scores.CopyingZ),
        ];
    }
}
