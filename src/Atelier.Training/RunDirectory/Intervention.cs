namespace Atelier.Training.RunDirectory;

/// <summary>A change of the recipe while a run was under way: a line of <c>interventions.jsonl</c>.</summary>
/// <param name="Step">The step after which it holds.</param>
/// <param name="Time">When the run went on with it.</param>
/// <param name="Key">The recipe's key.</param>
/// <param name="Old">The value before, as a recipe spells it.</param>
/// <param name="New">The value since then.</param>
public sealed record Intervention(long Step, DateTimeOffset Time, string Key, string Old, string New);
