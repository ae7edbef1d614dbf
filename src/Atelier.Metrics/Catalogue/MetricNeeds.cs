namespace Atelier.Metrics;

/// <summary>What a metric needs. A run collects what its metrics ask for, once for all of them, and refuses a
/// metric whose needs it cannot meet before anything is computed.</summary>
[Flags]
public enum MetricNeeds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The backbone's features in every <see cref="MetricBatch"/> of scored images.</summary>
    Features = 1,

    /// <summary>The backbone's logits in every batch of scored images.</summary>
    Logits = 1 << 1,

    /// <summary>The class that was asked for, of every scored image: in every batch, and in
    /// <see cref="MetricSide.Labels"/> of the scored side. Scored and real images have the same classes
    /// then.</summary>
    Labels = 1 << 2,

    /// <summary>The classes of the backbone are those of the images.</summary>
    BackboneClasses = 1 << 3,

    /// <summary><see cref="MetricSide.Features"/> of the scored side, after the pass.</summary>
    AllFeatures = 1 << 4,

    /// <summary><see cref="MetricSide.Images"/> of the scored side, after the pass.</summary>
    AllImages = 1 << 5,

    /// <summary><see cref="MetricSide.Moments"/> of the real side.</summary>
    RealMoments = 1 << 6,

    /// <summary><see cref="MetricSide.Features"/> of the real side.</summary>
    RealFeatures = 1 << 7,

    /// <summary><see cref="MetricSide.Labels"/> of the real side.</summary>
    RealLabels = 1 << 8,

    /// <summary><see cref="MetricSide.Images"/> of the real side.</summary>
    RealImages = 1 << 9,

    /// <summary><see cref="MetricSide.Features"/> of the held-out side.</summary>
    HeldOutFeatures = 1 << 10,

    /// <summary><see cref="MetricSide.Images"/> and <see cref="MetricSide.Labels"/> of the held-out
    /// side.</summary>
    HeldOutImages = 1 << 11,

    /// <summary><see cref="MetricMaterial.Generator"/>: what is scored draws images of any latent.</summary>
    Generator = 1 << 12,

    /// <summary><see cref="MetricMaterial.Generator"/> as an <see cref="IMappedGenerator"/>.</summary>
    MappedGenerator = 1 << 13,

    /// <summary><see cref="MetricMaterial.Backbone"/>, to look at images of the metric's own.</summary>
    Backbone = 1 << 14,
}
