namespace Atelier.Training.Recipes;

/// <summary>What a run writes, and when; intervals are in steps, null means never.</summary>
/// <param name="TickEverySteps">One progress line.</param>
/// <param name="SamplesEverySteps">One sample grid.</param>
/// <param name="MetricsEverySteps">One evaluation.</param>
/// <param name="CheckpointEverySteps">One checkpoint.</param>
/// <param name="KeepLast">Newest checkpoints that stay.</param>
/// <param name="KeepBest">Checkpoints of the best metric that stay besides.</param>
/// <param name="Metrics">Metrics to compute; the first decides what is best.</param>
/// <param name="MetricSamples">Generated images an evaluation.</param>
public sealed record SnapshotSettings(
    int TickEverySteps,
    int? SamplesEverySteps,
    int? MetricsEverySteps,
    int CheckpointEverySteps,
    int KeepLast,
    int KeepBest,
    IReadOnlyList<string> Metrics,
    int MetricSamples);
