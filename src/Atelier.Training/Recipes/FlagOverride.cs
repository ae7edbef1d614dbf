namespace Atelier.Training.Recipes;

/// <summary>A value given by a flag of its own.</summary>
/// <param name="Flag">The flag as typed, such as <c>--steps</c>.</param>
/// <param name="Path">The field it sets, such as <c>training.steps</c>.</param>
/// <param name="Text">The value as typed.</param>
public sealed record FlagOverride(string Flag, string Path, string Text);
