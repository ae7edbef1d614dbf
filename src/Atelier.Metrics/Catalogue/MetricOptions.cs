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

    /// <summary>Replicates of the bootstrap of FID, 20 or more.</summary>
    public int BootstrapReplicates { get; init; } = 1000;

    /// <summary>The share of replicates inside the interval of the bootstrap, between 0 and 1.</summary>
    public double BootstrapLevel { get; init; } = 0.95;

    /// <summary>Whether path lengths are taken at the beginnings of paths ("end") instead of anywhere on
    /// them.</summary>
    public bool PathsAtEnd { get; init; }

    /// <summary>The distance of path lengths, such as LPIPS; null for the backbone's features.</summary>
    public IImageDistance? PathDistance { get; init; }

    /// <summary>How the classifiers of the classification accuracy score are trained.</summary>
    public BackboneOptions Classifier { get; init; } = new();

    /// <summary>Decides what metrics draw by lot: subsets, directions, pairs, patches,
    /// replicates, clusters, paths.</summary>
    public ulong Seed { get; init; }
}
