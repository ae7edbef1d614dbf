namespace Atelier.Cli.Parsing;

/// <summary>Names of classes, separated by commas; their order is that of the labels.</summary>
internal static class ClassNames
{
    /// <summary>Reads a list; returns null when it fits, else what was expected.</summary>
    public static string? TryParse(string text, out IReadOnlyList<string>? names)
    {
        ArgumentNullException.ThrowIfNull(text);
        names = text.Split(',', StringSplitOptions.TrimEntries);
        return names.Any(static name => name.Length == 0) ? "class names such as cat,dog" : null;
    }
}
