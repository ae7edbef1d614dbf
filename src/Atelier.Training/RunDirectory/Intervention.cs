namespace Atelier.Training.RunDirectory;

/// <summary>
/// A change to a run that was under way, by the sentinel or by a person; one line of
/// <c>interventions.jsonl</c>.
/// </summary>
/// <param name="Step">The step after which the change holds.</param>
/// <param name="Reason">Why, as a sentence.</param>
/// <param name="Changes">What changed, a line a value, such as "training.generator.lr from 0.002 to
/// 0.001".</param>
/// <param name="Time">UTC time.</param>
public sealed record Intervention(
    long Step, string Reason, IReadOnlyList<string> Changes, DateTimeOffset Time);
