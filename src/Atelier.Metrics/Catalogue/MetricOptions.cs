namespace Atelier.Metrics;

/// <summary>Parameters of metrics. Each is part of the protocol of the metric that it belongs to.</summary>
public sealed record MetricOptions
{
    /// <summary>Splits of the Inception Score, 1 or more; 10 in the literature.</summary>
    public int InceptionSplits { get; init; } = 10;
}
