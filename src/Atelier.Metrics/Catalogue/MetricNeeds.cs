namespace Atelier.Metrics;

/// <summary>What a metric needs besides the features and logits of the scored images.</summary>
[Flags]
public enum MetricNeeds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Mean and covariance of the real images' features.</summary>
    ReferenceMoments = 1,

    /// <summary>The class that was asked for, for every scored image.</summary>
    Labels = 2,
}
