namespace Atelier.Training.Ablation;

/// <summary>One row of the table: a recipe with some of the changes.</summary>
/// <param name="Name">All its changes, such as "batch+width"; also the name of its folder, so that the same
/// recipe is found again whatever other rows a table has.</param>
/// <param name="Label">What it has over the row that it is compared with.</param>
/// <param name="Change">The change behind the label; null for the baseline.</param>
/// <param name="ComparedWith">The name of the row that it is compared with; null for the baseline.</param>
/// <param name="Settings">What replaces the recipe's values; of two for one key the later wins.</param>
public sealed record AblationVariant(
    string Name, string Label, AblationChange? Change, string? ComparedWith,
    IReadOnlyList<(string Key, string Value)> Settings)
{
    /// <summary>The name and label of the row without any change.</summary>
    public const string Baseline = "baseline";
}
