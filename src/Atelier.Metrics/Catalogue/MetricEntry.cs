namespace Atelier.Metrics;

/// <summary>One line of the catalogue.</summary>
/// <param name="Name">What the user writes after <c>--metrics</c>.</param>
/// <param name="Summary">What it measures and which way is better.</param>
/// <param name="Create">Makes the metric with its parameters.</param>
/// <param name="HigherIsBetter">Which way its first number goes when a model becomes better.</param>
public sealed record MetricEntry(
    string Name, string Summary, Func<MetricOptions, IMetric> Create, bool HigherIsBetter = false);
