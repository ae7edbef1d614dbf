using System.Globalization;

namespace Atelier.Cli.Parsing;

/// <summary>A number of bytes, written <c>1000000</c>, <c>512M</c> or <c>2G</c> (powers of 1024).</summary>
internal static class ByteCount
{
    private const string Units = "KMGT";

    /// <summary>Reads a number; returns null when it fits, else what was expected.</summary>
    public static string? TryParse(string text, out long? bytes)
    {
        ArgumentNullException.ThrowIfNull(text);
        const string Expected = "a number of bytes such as 1000000, 512M or 2G";
        bytes = null;
        if (text.Length == 0) return Expected;
        var unit = Units.IndexOf(char.ToUpperInvariant(text[^1]), StringComparison.Ordinal) + 1;
        if (!long.TryParse(unit > 0 ? text[..^1] : text, NumberStyles.None, CultureInfo.InvariantCulture,
            out var number) || number < 1 || number > long.MaxValue >> (10 * unit)) return Expected;
        bytes = number << (10 * unit);
        return null;
    }
}
