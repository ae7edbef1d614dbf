using System.Globalization;
using System.Text;
using Atelier.IO;

namespace Atelier.Cli.Output;

/// <summary>Writes tables as comma-separated values (RFC 4180), with a heading and \n line ends.</summary>
internal static class CsvFile
{
    private static readonly char[] Special = [',', '"', '\n', '\r'];

    /// <summary>Writes a file whole or not at all.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="heading">The names of the columns.</param>
    /// <param name="rows">Texts, numbers, or null for an empty field.</param>
    /// <exception cref="AtelierException">The disk refused (Disk).</exception>
    public static void Write(
        string path, IReadOnlyList<string> heading, IEnumerable<IReadOnlyList<object?>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(heading))
            text.AppendJoin(',', row.Select(Field)).Append('\n');
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        AtomicFile.Write(path, stream => stream.Write(bytes), bytes.Length);
    }

    private static string Field(object? value)
    {
        var text = value switch
        {
            null => "",
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };
        return text.IndexOfAny(Special) < 0
            ? text
            : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
