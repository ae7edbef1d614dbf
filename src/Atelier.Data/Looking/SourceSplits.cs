namespace Atelier.Data;

/// <summary>The splits that a command looks at.</summary>
internal static class SourceSplits
{
    /// <summary>The split of a name, or all that have images.</summary>
    /// <exception cref="AtelierException">Kind Usage: there is no such split.</exception>
    public static IReadOnlyList<SourceSplit> Choose(ImageSource source, string? name)
        => DatasetScanner.SelectSplits(source, new PackOptions { Splits = name is null ? null : [name] });
}
