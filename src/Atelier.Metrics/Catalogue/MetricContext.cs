namespace Atelier.Metrics;

/// <summary>What is known when a pass begins.</summary>
public sealed record MetricContext
{
    /// <summary>How many images will be scored.</summary>
    public required int SampleCount { get; init; }

    /// <summary>D, features of an image.</summary>
    public required int FeatureCount { get; init; }

    /// <summary>K, logits of an image.</summary>
    public required int ClassCount { get; init; }

    /// <summary>Moments of the real images, given to metrics that need
    /// <see cref="MetricNeeds.ReferenceMoments"/>.</summary>
    public FeatureMoments? Reference { get; init; }

    /// <summary>Takes sentences that the user should read, such as that there are fewer images than
    /// features.</summary>
    public Action<string>? Warn { get; init; }
}
