namespace Atelier.Metrics;

/// <summary>The phases of an evaluation.</summary>
public enum MetricStage
{
    /// <summary>Features of real images, when they are not in the cache.</summary>
    Reference,

    /// <summary>Features of real images that training does not see.</summary>
    HeldOut,

    /// <summary>The images that are scored.</summary>
    Scored,

    /// <summary>A metric that is computed of what was collected.</summary>
    Computed,
}
