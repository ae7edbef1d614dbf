using System.Collections;
using System.Globalization;
using Atelier.Training.Recipes;

namespace Atelier.Cli.Work;

/// <summary>What differs between two settled recipes, a line a value.</summary>
internal static class RecipeDifference
{
    /// <summary>Lines such as "training.batch_size from 64 to 32".</summary>
    public static IEnumerable<string> Lines(ResolvedRecipe before, ResolvedRecipe after)
    {
        var old = before.Values.ToDictionary(
            static v => v.Field.Path, static v => Text(v.Value), StringComparer.Ordinal);
        foreach (var value in after.Values)
            if (old.TryGetValue(value.Field.Path, out var text) && text != Text(value.Value))
                yield return $"{value.Field.Path} from {text} to {Text(value.Value)}";
    }

    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => text,
        IEnumerable items => $"[{string.Join(", ", items.Cast<object>())}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
