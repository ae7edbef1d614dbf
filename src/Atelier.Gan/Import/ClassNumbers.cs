using System.Globalization;

namespace Atelier.Gan.Import;

/// <summary>Names for the classes of foreign weights, which have numbers only.</summary>
internal static class ClassNumbers
{
    /// <summary>"0", "1", … as many as there are classes.</summary>
    public static IReadOnlyList<string> Names(int count) =>
        [.. Enumerable.Range(0, count).Select(static k => k.ToString(CultureInfo.InvariantCulture))];
}
