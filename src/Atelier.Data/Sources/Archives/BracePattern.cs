using System.Globalization;

namespace Atelier.Data.Archives;

/// <summary>
/// Names of many files as WebDataset writes them: <c>shard-{000..009}.tar</c>, with as many digits as stand
/// there, or <c>{train,val}.tar</c>. Several may stand in one name; none stands in another.
/// </summary>
internal static class BracePattern
{
    private const int MostNames = 100_000;

    /// <summary>Whether a path is a pattern.</summary>
    public static bool Recognises(string path)
        => path.Contains('{', StringComparison.Ordinal) && path.Contains('}', StringComparison.Ordinal);

    /// <summary>All names, in the order of the pattern.</summary>
    /// <exception cref="AtelierException">Kind Usage: no pattern, or too many names.</exception>
    public static IReadOnlyList<string> Expand(string pattern)
    {
        IReadOnlyList<string> names = [""];
        for (var rest = pattern; rest.Length > 0;)
        {
            var open = rest.IndexOf('{', StringComparison.Ordinal);
            var plain = open < 0 ? rest : rest[..open];
            rest = rest[plain.Length..];
            string[] choices = [plain];
            if (plain.Length == 0)
            {
                var close = rest.IndexOf('}', StringComparison.Ordinal);
                if (close < 0) throw Refuse(pattern, "has a brace that does not close");
                choices = Choices(pattern, rest[1..close]);
                rest = rest[(close + 1)..];
            }

            if ((long)names.Count * choices.Length > MostNames)
                throw Refuse(pattern, FormattableString.Invariant($"stands for more than {MostNames} files"));
            names = [.. names.SelectMany(_ => choices, static (name, choice) => name + choice)];
        }

        return names;
    }

    private static string[] Choices(string pattern, string inside)
    {
        var dots = inside.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0) return inside.Split(',');
        var (first, last) = (inside[..dots], inside[(dots + 2)..]);
        if (!int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            || !int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var to)
            || to < from || to - from >= MostNames)
            throw Refuse(pattern, $"has the range '{inside}'; expected one as 000..009");
        return [.. Enumerable.Range(from, to - from + 1)
            .Select(number => number.ToString(CultureInfo.InvariantCulture).PadLeft(first.Length, '0'))];
    }

    private static AtelierException Refuse(string pattern, string what)
        => new(FailureKind.Usage, $"'{pattern}' {what}.");
}
