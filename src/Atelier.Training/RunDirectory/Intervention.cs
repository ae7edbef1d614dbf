namespace Atelier.Training.RunDirectory;

/// <summary>
/// A change to a run that was under way, by a person at a resume or by the sentinel: a line of
/// <c>interventions.jsonl</c>.
/// </summary>
/// <param name="Step">The step after which it holds.</param>
/// <param name="Time">When the run went on with it, UTC.</param>
/// <param name="Key">The recipe's key.</param>
/// <param name="Old">The value before, as a recipe spells it.</param>
/// <param name="New">The value since then.</param>
/// <param name="Reason">Why, as a sentence; null for a person's, who knows.</param>
public sealed record Intervention(
    long Step, DateTimeOffset Time, string Key, string Old, string New, string? Reason = null);
