using System.Text.RegularExpressions;

namespace Atelier.Torch;

/// <summary>Compares the schema that the list spells with the one that the loaded libtorch has.</summary>
internal static partial class SchemaText
{
    /// <summary>
    /// Null when a call made for <paramref name="expected"/> is right for <paramref name="actual"/> too: the
    /// same argument types in the same order, where the actual one may have more at the end, each with a
    /// default. SymInt counts as int, since boxed calls accept an int for it.
    /// </summary>
    public static string? Difference(string expected, string actual)
    {
        var wanted = Types(expected);
        var found = Types(actual);
        for (var k = 0; k < Math.Max(wanted.Count, found.Count); k++)
        {
            if (k >= wanted.Count && found[k].HasDefault) continue;
            if (k < wanted.Count && k < found.Count && wanted[k].Type == found[k].Type) continue;
            return $"'{expected}' differs from the loaded '{actual}'";
        }

        return null;
    }

    private static List<(string Type, bool HasDefault)> Types(string schema)
    {
        var plain = AliasMark().Replace(schema, "").Replace("SymInt", "int", StringComparison.Ordinal);
        var open = plain.IndexOf('(', StringComparison.Ordinal);
        var close = plain.LastIndexOf(") -> ", StringComparison.Ordinal);
        var types = new List<(string, bool)>();
        foreach (var part in CommaOutsideBrackets().Split(plain[(open + 1)..close]))
        {
            var item = part.Trim();
            if (item.Length == 0 || item == "*") continue;
            // `int[1]?` became `int[]?`-like in some versions: the length in brackets is a hint for
            // defaults only.
            var type = ListLength().Replace(item.Split(' ')[0], "[]");
            types.Add((type, item.Contains('=', StringComparison.Ordinal)));
        }

        return types;
    }

    [GeneratedRegex(@"\((?:[a-z]!?|[a-z](?:\|[a-z])*|[a-z] -> \*)\)", RegexOptions.None, 1000)]
    private static partial Regex AliasMark();

    [GeneratedRegex(@",(?![^\[]*\])", RegexOptions.None, 1000)]
    private static partial Regex CommaOutsideBrackets();

    [GeneratedRegex(@"\[\d+\]", RegexOptions.None, 1000)]
    private static partial Regex ListLength();
}
