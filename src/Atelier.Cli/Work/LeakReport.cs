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

/// <summary>One checkpoint.</summary>
/// <param name="Step">Its step.</param>
/// <param name="Leak">The share of all images seen as another class, 0 to 1.</param>
/// <param name="LeakOfClass">The same for each class.</param>
/// <param name="Confusion">Counts: a row for each class asked for, a column for each class seen.</param>
/// <param name="Worst">The pairs with most leakage, the largest share first.</param>
internal sealed record LeakCheckpoint(
    long Step, double Leak, IReadOnlyList<double> LeakOfClass, IReadOnlyList<IReadOnlyList<long>> Confusion,
    IReadOnlyList<LeakPair> Worst);

/// <summary>Two classes.</summary>
/// <param name="Asked">What was asked for.</param>
/// <param name="Seen">What was seen instead.</param>
/// <param name="Share">Of the images of the asked class, 0 to 1.</param>
internal sealed record LeakPair(string Asked, string Seen, double Share);
