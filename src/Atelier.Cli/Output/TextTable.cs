namespace Atelier.Cli.Output;

/// <summary>Rows of words in columns: the first column to the left, the others to the right.</summary>
internal static class TextTable
{
    private const string Gap = "  ";

    /// <summary>The lines, the heading first.</summary>
    public static IEnumerable<string> Lines(
        IReadOnlyList<string> heading, IEnumerable<IReadOnlyList<string>> rows)
    {
        var all = rows.Prepend(heading).ToList();
        var widths = heading.Select((_, column) => all.Max(row => row[column].Length)).ToList();
        return all.Select(row => string.Join(Gap, row.Select((word, column) => column == 0
            ? word.PadRight(widths[column])
            : word.PadLeft(widths[column]))).TrimEnd());
    }
}
