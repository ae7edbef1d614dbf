namespace Atelier.Training.Monitors;

/// <summary>
/// A discriminator whose features are the same for every real image: it answers a constant, no gradient
/// reaches either network, and the losses stand still at those of chance.
/// </summary>
public sealed class DeadDiscriminatorDetector : ICollapseDetector
{
    /// <inheritdoc/>
    public Symptom? Examine(IReadOnlyList<SentinelLook> past, SentinelLook now) =>
        double.IsNaN(now.FeatureDiversity)
            ? new Symptom(true,
                "D is dead: its features are the same for all real images, so no gradient reaches G")
            : null;
}
