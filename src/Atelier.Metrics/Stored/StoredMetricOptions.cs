namespace Atelier.Metrics;

/// <summary>Parameters of metrics on stored features. Each is part of the protocol.</summary>
public sealed record StoredMetricOptions
{
    /// <summary>k of precision, recall, density and coverage; at least 1.</summary>
    public int Neighbours { get; init; } = 5;

    /// <summary>Subsets of KID, at least 1.</summary>
    public int KernelSubsets { get; init; } = 100;

    /// <summary>Samples of a subset of KID, at least 2; smaller sets are taken whole.</summary>
    public int KernelSubsetSize { get; init; } = 1000;

    /// <summary>Splits of the Inception Score, at least 1.</summary>
    public int InceptionSplits { get; init; } = 10;

    /// <summary>Decides the subsets of KID.</summary>
    public ulong Seed { get; init; }

    /// <summary>Takes sentences that the user should read.</summary>
    public Action<string>? Warn { get; init; }
}
