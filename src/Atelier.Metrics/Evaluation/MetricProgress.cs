namespace Atelier.Metrics;

/// <summary>Where a pass over images stands.</summary>
/// <param name="Stage">What is looked at.</param>
/// <param name="Done">Images done.</param>
/// <param name="Total">All images of this stage.</param>
public sealed record MetricProgress(MetricStage Stage, int Done, int Total);
