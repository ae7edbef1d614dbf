namespace Atelier.Cli.Work;

/// <summary>The JSON document of <c>atelier leak</c>.</summary>
/// <param name="Run">The run's folder.</param>
/// <param name="Count">Images of each checkpoint.</param>
/// <param name="Truncation">The largest |z|, where there was one.</param>
/// <param name="ClassNames">Class names, by id.</param>
/// <param name="Checkpoints">The earliest first.</param>
/// <param name="HeldOutLeak">The share of held-out real images that the classifier confuses, where they were
/// given.</param>
/// <param name="Files">What was written.</param>
internal sealed record LeakReport(
    string Run, int Count, double? Truncation, IReadOnlyList<string> ClassNames,
    IReadOnlyList<LeakCheckpoint> Checkpoints, double? HeldOutLeak, IReadOnlyList<string> Files);
