using Atelier.Metrics;
using Atelier.Training.Signals;

namespace Atelier.Training.Loop;

/// <summary>How a run ended.</summary>
/// <param name="Step">Steps finished.</param>
/// <param name="Stopped">The signal that ended it early; null when it was finished.</param>
/// <param name="Metrics">The last scores.</param>
public sealed record TrainingOutcome(long Step, StopReason? Stopped, IReadOnlyList<MetricResult> Metrics);
