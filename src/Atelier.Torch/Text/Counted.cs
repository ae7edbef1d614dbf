using System.Globalization;

namespace Atelier.Text;

/// <summary>Numbers of things in sentences: <c>1 row</c>, <c>3 rows</c>, <c>2 classes</c>.</summary>
public static class Counted
{
    /// <summary>The number, in digits without separators, and the noun in its number.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">One of them, of a noun that takes s, or es behind an s.</param>
    public static string Of(long count, string noun)
    {
        var ending = count == 1 ? "" : noun.EndsWith('s') ? "es" : "s";
        return string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{ending}");
    }
}
