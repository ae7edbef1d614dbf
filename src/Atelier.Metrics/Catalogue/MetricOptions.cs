namespace Atelier.Metrics;

/// <summary>Parameters of metrics. Each is part of the protocol of the metric that it belongs to.</summary>
public sealed record MetricOptions
{
    /// <summary>Splits of the Inception Score, 1 or more; 10 in the literature.</summary>
    public int InceptionSplits { get; init; } = 10;

    /// <summary>k of precision, recall, density and coverage, 1 or more; 5 in the paper on density and
    /// coverage, 3 in the one on precision and recall.</summary>
    public int Neighbours { get; init; } = 5;

    /// <summary>Precision, recall, density and coverage take as many real samples by lot as are scored, where
    /// there are more; the radii of their balls depend on how many there are. Else they take all.</summary>
    public bool EqualNeighbourhoods { get; init; } = true;

    /// <summary>Subsets of KID, 1 or more.</summary>
    public int KernelSubsets { get; init; } = 100;

    /// <summary>Samples of a subset of KID, 2 or more; smaller sets are taken whole.</summary>
    public int KernelSubsetSize { get; init; } = 1000;

    /// <summary>Decides what metrics draw by lot: subsets, directions, pairs, patches.</summary>
    public ulong Seed { get; init; }
}
