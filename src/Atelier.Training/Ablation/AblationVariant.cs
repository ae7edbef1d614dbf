namespace Atelier.Training.Ablation;

/// <summary>One row of the table: a recipe with some of the changes.</summary>
/// <param name="Name">Its name, also that of its folder.</param>
/// <param name="Change">What it has over <paramref name="ComparedWith"/>; null for the baseline.</param>
/// <param name="ComparedWith">The row that it is compared with; null for the baseline.</param>
/// <param name="Settings">What replaces the recipe's values; of two for one key the later wins.</param>
public sealed record AblationVariant(
    string Name, AblationChange? Change, string? ComparedWith,
    IReadOnlyList<(string Key, string Value)> Settings);
