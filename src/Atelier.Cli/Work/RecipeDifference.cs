using Atelier.Training.Recipes;

namespace Atelier.Cli.Work;

/// <summary>What differs between two settled recipes, a line a value.</summary>
internal static class RecipeDifference
{
    /// <summary>Lines such as "training.batch_size from 64 to 32".</summary>
    public static IEnumerable<string> Lines(ResolvedRecipe before, ResolvedRecipe after)
    {
        var old = before.Values.ToDictionary(static v => v.Path, static v => v.Text, StringComparer.Ordinal);
        foreach (var value in after.Values)
            if (old.TryGetValue(value.Path, out var text) && text != value.Text)
                yield return $"{value.Path} from {text} to {value.Text}";
    }
}
