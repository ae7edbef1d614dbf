using Atelier.Metrics;

namespace Atelier.Training.Loop;

/// <summary>What a step of a run scored.</summary>
/// <param name="Metrics">The numbers.</param>
/// <param name="IsBest">Whether no earlier step of the run was better.</param>
internal sealed record StepScores(IReadOnlyList<MetricResult> Metrics, bool IsBest);
