namespace Atelier.Cli.Work;

/// <summary>One checkpoint.</summary>
/// <param name="Step">Its step.</param>
/// <param name="Leak">The share of all images seen as another class, 0 to 1.</param>
/// <param name="LeakOfClass">The same for each class.</param>
/// <param name="Confusion">Counts: a row for each class asked for, a column for each class seen.</param>
/// <param name="Worst">The pairs with most leakage, the largest share first.</param>
internal sealed record LeakCheckpoint(
    long Step, double Leak, IReadOnlyList<double> LeakOfClass, IReadOnlyList<IReadOnlyList<long>> Confusion,
    IReadOnlyList<LeakPair> Worst);
