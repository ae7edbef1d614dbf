namespace Atelier.Metrics;

/// <summary>What is known when a pass begins.</summary>
public sealed record MetricContext
{
    /// <summary>How many images will be scored, at least 2.</summary>
    public required int SampleCount { get; init; }

    /// <summary>How many real images there are.</summary>
    public required int RealCount { get; init; }

    /// <summary>D, features of an image; 0 where there is no backbone.</summary>
    public int FeatureCount { get; init; }

    /// <summary>K, logits of an image; 0 where there are none.</summary>
    public int ClassCount { get; init; }

    /// <summary>C of the images; 0 where there are none.</summary>
    public int Channels { get; init; }

    /// <summary>H of the images, in pixels; 0 where there are none.</summary>
    public int Height { get; init; }

    /// <summary>W of the images, in pixels; 0 where there are none.</summary>
    public int Width { get; init; }

    /// <summary>Takes sentences that the user should read, such as that there are fewer images than
    /// features.</summary>
    public Action<string>? Warn { get; init; }
}
