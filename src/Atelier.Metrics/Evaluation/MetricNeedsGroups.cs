namespace Atelier.Metrics;

/// <summary>Groups of needs.</summary>
public static class MetricNeedsGroups
{
    /// <summary>What a backbone is asked for.</summary>
    public const MetricNeeds OfBackbone =
        MetricNeeds.Features | MetricNeeds.Logits | MetricNeeds.AllFeatures | MetricNeeds.RealMoments |
        MetricNeeds.RealFeatures | MetricNeeds.HeldOutFeatures | MetricNeeds.BackboneClasses |
        MetricNeeds.Backbone;

    /// <summary>What images are asked for.</summary>
    public const MetricNeeds OfImages =
        MetricNeeds.AllImages | MetricNeeds.RealImages | MetricNeeds.HeldOutImages | OfGenerator;

    /// <summary>What a generator is asked for.</summary>
    public const MetricNeeds OfGenerator = MetricNeeds.Generator | MetricNeeds.MappedGenerator;

    /// <summary>What held-out images are asked for.</summary>
    public const MetricNeeds OfHeldOut = MetricNeeds.HeldOutFeatures | MetricNeeds.HeldOutImages;

    /// <summary>What the backbone looks at scored images for.</summary>
    public const MetricNeeds OfScoredFeatures =
        MetricNeeds.Features | MetricNeeds.Logits | MetricNeeds.AllFeatures;

    /// <summary>Whether a metric can only be taken on a backbone.</summary>
    public static bool NeedsBackbone(this IMetric metric) => (metric.Needs & OfBackbone) != MetricNeeds.None;
}
