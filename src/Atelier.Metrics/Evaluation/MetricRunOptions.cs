namespace Atelier.Metrics;

/// <summary>How an evaluation is made. Nothing here changes the numbers beyond rounding.</summary>
public sealed record MetricRunOptions
{
    /// <summary>Images that go through the backbone at once, 1 to 4,096.</summary>
    public int BatchSize { get; init; } = 100;

    /// <summary>Folder in which features of real images and their moments are kept, made when missing; null
    /// to keep nothing.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>A metric that cannot be computed here is left out with a warning, instead of refusing the
    /// run.</summary>
    public bool LeavesOutUnfit { get; init; }

    /// <summary>Takes sentences that the user should read.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Called after each batch and each part of a computation.</summary>
    public Action<MetricProgress>? Progress { get; init; }
}
