using System.Globalization;

namespace Atelier.Cli.Parsing;

/// <summary>
/// Class numbers as a user writes them: <c>0-9</c>, <c>1,3,5-7</c>. Order and repeats are kept.
/// </summary>
internal static class ClassList
{
    /// <summary>The largest class number that is accepted.</summary>
    public const int Largest = 99_999;

    private const int MostNumbers = 100_000;

    /// <summary>Reads a list; returns null when it fits, else what was expected.</summary>
    public static string? TryParse(string text, out IReadOnlyList<int>? classes)
    {
        ArgumentNullException.ThrowIfNull(text);
        const string Expected = "class numbers such as 3 or 0-9 or 1,3,5-7";
        var numbers = new List<int>();
        classes = numbers;

        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || !TryNumber(ends[0], out var first)
                || !TryNumber(ends[^1], out var last)) return Expected;
            if (last < first) return $"{Expected}; the range {part} runs backwards";
            if (numbers.Count + (last - first) >= MostNumbers) return $"at most {MostNumbers} class numbers";
            for (var number = first; number <= last; number++) numbers.Add(number);
        }

        return null;
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number <= Largest;
}
