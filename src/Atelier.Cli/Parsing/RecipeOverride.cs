namespace Atelier.Cli.Parsing;

/// <summary>A value that replaces one of the recipe's.</summary>
/// <param name="Key">The recipe's key, with dots between its levels.</param>
/// <param name="Value">The value as text; the recipe's binder gives it a type.</param>
/// <param name="Origin">Where it came from, as it stands in an error: <c>--steps</c>, <c>--set</c>,
/// <c>ATELIER_STEPS</c>.</param>
internal sealed record RecipeOverride(string Key, string Value, string Origin)
{
    /// <summary>Reads <c>key=value</c>; returns null when it fits, else what was expected.</summary>
    public static string? TryParse(string text, out RecipeOverride? parsed)
    {
        ArgumentNullException.ThrowIfNull(text);
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        parsed = equals > 0 ? new RecipeOverride(text[..equals].Trim(), text[(equals + 1)..].Trim(), "--set")
            : null;
        return parsed is { Key.Length: > 0 } ? null : "key=value, such as training.batch=64";
    }
}
