using System.Text.RegularExpressions;

namespace Atelier.Architecture.Tests;

/// <summary>
/// A C# file's code without comments and texts, so that a word in a sentence breaks no rule.
/// </summary>
internal static partial class SourceText
{
    public static string Code(string path) => NotCode().Replace(File.ReadAllText(path), " ");

    /// <summary>Every file whose code matches, as "path: the match".</summary>
    public static IReadOnlyList<string> Offenders(IEnumerable<string> paths, Regex rule) =>
    [
        .. paths.SelectMany(path =>
            rule.Matches(Code(path)).Select(match => $"{Repository.Relative(path)}: {match.Value.Trim()}")),
    ];

    // Line and block comments, raw strings, plain and verbatim strings, characters.
    [GeneratedRegex(
        """"
        //[^\n]*|/\*.*?\*/|\"{3}.*?\"{3}|[$@]*"(\\.|[^"\\\n])*"|'(\\.|[^'\\\n])'
        """",
        RegexOptions.Singleline)]
    private static partial Regex NotCode();
}
