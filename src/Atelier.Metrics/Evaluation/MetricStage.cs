namespace Atelier.Metrics;

/// <summary>The two passes that an evaluation may need.</summary>
public enum MetricStage
{
    /// <summary>Real images, when their moments are not in the cache.</summary>
    Reference,

    /// <summary>The images that are scored.</summary>
    Scored,
}
