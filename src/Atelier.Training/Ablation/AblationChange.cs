using System.Globalization;
using Atelier.Training.Recipes;

namespace Atelier.Training.Ablation;

/// <summary>One of the changes that made a BigGAN out of its baseline, in the order of the paper's
/// table.</summary>
public sealed class AblationChange
{
    private const double WidthFactor = 1.5;
    private const string OrthogonalKey = "training.regularisation.orthogonal.generator";

    private readonly Func<Recipe, double, IEnumerable<(string, string)>> settings;

    private AblationChange(
        string name, string needs, PaperEffect paper,
        Func<Recipe, double, IEnumerable<(string, string)>> settings)
    {
        (Name, Needs, Paper, this.settings) = (name, needs, paper, settings);
    }

    /// <summary>All changes; each row of a cumulative table has those before it.</summary>
    public static IReadOnlyList<AblationChange> All { get; } =
    [
        new("batch", "", new PaperEffect(18.65, 12.39, 52.52, 76.85), static (recipe, factor) =>
            [("training.batch_size", Whole(recipe.Training.BatchSize * factor))]),
        new("width", "", new PaperEffect(12.39, 9.54, 76.85, 92.98), static (recipe, _) =>
            [("model.channels", Whole(recipe.Model.Channels * WidthFactor))]),
        new("shared", "", new PaperEffect(9.54, 9.18, 92.98, 94.94), static (_, _) =>
            [("model.shared_embedding", "true")]),
        // Its chunks are joined to the shared class vector, so there is no skip-z without that.
        new("skip-z", "shared", new PaperEffect(9.18, 8.73, 94.94, 98.76), static (_, _) =>
            [("model.shared_embedding", "true"), ("model.hierarchical_latent", "true")]),
        new("ortho", "", new PaperEffect(8.73, 8.51, 98.76, 99.31), static (_, _) =>
            [(OrthogonalKey, "1e-4")]),
    ];

    /// <summary>Its name in options and tables.</summary>
    public string Name { get; }

    /// <summary>Another change that it brings along; empty when none.</summary>
    public string Needs { get; }

    /// <summary>What it did in the paper, on top of the changes before it.</summary>
    public PaperEffect Paper { get; }

    /// <summary>The recipe's values without any of the changes.</summary>
    public static IReadOnlyList<(string Key, string Value)> Baseline { get; } =
    [
        ("model.shared_embedding", "false"), ("model.hierarchical_latent", "false"), (OrthogonalKey, "0"),
    ];

    /// <summary>The recipe's values with it.</summary>
    /// <param name="recipe">The recipe of the baseline.</param>
    /// <param name="batchFactor">By what the batch grows; 8 in the paper.</param>
    public IReadOnlyList<(string Key, string Value)> Settings(Recipe recipe, double batchFactor) =>
        [.. settings(recipe, batchFactor)];

    private static string Whole(double value) =>
        Math.Round(value).ToString(CultureInfo.InvariantCulture);
}
