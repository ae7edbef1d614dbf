using System.Globalization;

namespace Atelier.Training.Recipes;

/// <summary>What a recipe switches on beyond the plain game, in a few words each.</summary>
public static class RecipeExtras
{
    /// <summary>One entry each, in the order of the recipe's keys; empty for a plain run.</summary>
    public static IReadOnlyList<string> Of(Recipe recipe)
    {
        var (model, regularisation) = (recipe.Model, recipe.Training.Regularisation);
        var (orthogonal, singular) = (regularisation.Orthogonal, regularisation.SingularValues);
        var found = new List<string>();
        if (model.Latent.Name != "normal") found.Add($"latents {model.Latent.Name}");
        if (recipe.LossOptions.Margin != 1) found.Add($"margin {Number(recipe.LossOptions.Margin)}");
        if (orthogonal.Generator > 0)
            found.Add($"orthogonal G {Number(orthogonal.Generator)} ({RecipeWords.Word(orthogonal.Form)})");
        if (orthogonal.Discriminator > 0)
            found.Add(
                $"orthogonal D {Number(orthogonal.Discriminator)} ({RecipeWords.Word(orthogonal.Form)})");
        if (regularisation.R1 is { Gamma: > 0 } r1)
            found.Add(
                $"R1 {Number(r1.Gamma)}" +
                (r1.Interval > 1 ? $" every {Number(r1.Interval)} updates" : ""));
        if (regularisation.DropoutKeep < 1)
            found.Add($"dropout, keeping {Number(regularisation.DropoutKeep)}");
        if (singular.Mode != SingularValueMode.None)
            found.Add(
                $"singular values {RecipeWords.Word(singular.Mode)} at " +
                (singular.Target.Value is { } value
                    ? Number(value)
                    : $"{Number(singular.Target.Ratio!.Value)} times the second"));
        return found;
    }

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
