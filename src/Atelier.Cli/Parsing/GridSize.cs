using System.Globalization;

namespace Atelier.Cli.Parsing;

/// <summary>The rows and columns of a picture of samples, written <c>10x8</c>.</summary>
/// <param name="Rows">1 to 256.</param>
/// <param name="Columns">1 to 256.</param>
internal sealed record GridSize(int Rows, int Columns)
{
    private const int Most = 256;

    /// <summary>Reads a size; returns null when it fits, else what was expected.</summary>
    public static string? TryParse(string text, out GridSize? size)
    {
        ArgumentNullException.ThrowIfNull(text);
        size = null;
        var parts = text.ToLowerInvariant().Split('x');
        if (parts.Length != 2 || !TrySide(parts[0], out var rows) || !TrySide(parts[1], out var columns))
            return $"rows x columns, each 1 to {Most}, such as 10x8";
        size = new GridSize(rows, columns);
        return null;
    }

    private static bool TrySide(string text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side)
            && side is >= 1 and <= Most;
}
