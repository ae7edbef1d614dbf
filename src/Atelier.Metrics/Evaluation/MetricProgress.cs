namespace Atelier.Metrics;

/// <summary>Where an evaluation stands.</summary>
/// <param name="Stage">The phase.</param>
/// <param name="Done">Images, or parts of a computation, done.</param>
/// <param name="Total">All of this phase.</param>
/// <param name="Metric">What is computed; null while images pass.</param>
public sealed record MetricProgress(MetricStage Stage, int Done, int Total, string? Metric = null);
