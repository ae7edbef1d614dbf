using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Atelier.Text;

namespace Atelier.Cli.Parsing;

/// <summary>
/// Makes typed options whose errors say what was given, what is allowed and what was likely meant.
/// </summary>
internal static class Opt
{
    /// <summary>A switch, false unless given.</summary>
    public static Option<bool> Switch(string name, string description, params string[] aliases) =>
        new(name, aliases) { Description = description, Arity = ArgumentArity.ZeroOrOne };

    /// <summary>A text or path; null unless given.</summary>
    public static Option<string?> Text(string name, string value, string description,
        params string[] aliases) =>
        new(name, aliases)
        {
            Description = description,
            HelpName = value,
            CustomParser = result => Word(result, name),
        };

    /// <summary>A whole number within bounds; null unless given.</summary>
    public static Option<long?> Whole(
        string name, string value, string description, long least = 0, long most = long.MaxValue) =>
        new(name)
        {
            Description = description,
            HelpName = value,
            CustomParser = result => Parse(result, name, (string word, out long? number) =>
            {
                var fits = long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
                    out var parsed)
                    && parsed >= least && parsed <= most;
                number = parsed;
                if (fits) return null;
                return most == long.MaxValue ? $"a whole number of at least {least}"
                    : $"a whole number from {least} to {most}";
            }),
        };

    /// <summary>
    /// A decimal number within bounds, with a point whatever the locale; null unless given.
    /// </summary>
    public static Option<double?> Number(string name, string value, string description, double least,
        double most) =>
        new(name)
        {
            Description = description,
            HelpName = value,
            CustomParser = result => Parse(result, name, (string word, out double? number) =>
            {
                var fits = double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture,
                    out var parsed)
                    && parsed >= least && parsed <= most;
                number = parsed;
                return fits ? null : FormattableString.Invariant($"a number from {least} to {most}");
            }),
        };

    /// <summary>One of a few words; null unless given.</summary>
    public static Option<string?> Choice(string name, string description, params string[] words)
    {
        var option = new Option<string?>(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            CustomParser = result => Parse(result, name, (string word, out string? choice) =>
            {
                choice = word;
                return words.Contains(word, StringComparer.Ordinal) ? null : OneOf(word, words);
            }),
        };
        option.CompletionSources.Add(words);
        return option;
    }

    /// <summary>Words separated by commas, each one of a few; null unless given.</summary>
    public static Option<IReadOnlyList<string>?> Choices(string name, string value, string description,
        params string[] words)
    {
        var option = new Option<IReadOnlyList<string>?>(name)
        {
            Description = description,
            HelpName = value,
            CustomParser = result => Parse(result, name, (string word, out IReadOnlyList<string>? chosen) =>
            {
                chosen = word.Split(',', StringSplitOptions.TrimEntries);
                var wrong = chosen.FirstOrDefault(each => !words.Contains(each, StringComparer.Ordinal));
                return wrong is null ? null
                    : $"a list of {string.Join(", ", words)}{AboutPart(word, wrong, words)}";
            }),
        };
        option.CompletionSources.Add(words);
        return option;
    }

    /// <summary>A value with a grammar of its own; default unless given.</summary>
    /// <remarks>The parser gives the value, or the words for what was expected.</remarks>
    public static Option<T?> Of<T>(string name, string value, string description, ValueParser<T> parse) =>
        new(name)
        {
            Description = description,
            HelpName = value,
            CustomParser = result => Parse(result, name, parse),
        };

    /// <summary>Reads a word; returns null when it fits, else what was expected instead.</summary>
    public delegate string? ValueParser<T>(string word, out T? value);

    private static T? Parse<T>(ArgumentResult result, string name, ValueParser<T> parse)
    {
        if (result.Tokens is not [.., var last]) return default;
        var expected = parse(last.Value, out var value);
        if (expected is null) return value;
        result.AddError($"'{last.Value}' is not a value of {name}: expected {expected}");
        return default;
    }

    private static string? Word(ArgumentResult result, string name)
    {
        if (result.Tokens is not [.., var last]) return null;
        if (last.Value.Length > 0) return last.Value;
        result.AddError($"{name} was given an empty value: leave it out, or name something");
        return null;
    }

    private static string OneOf(string word, string[] words) =>
        $"{string.Join(" or ", words)}.{Suggestion.DidYouMean(word, words)}";

    private static string AboutPart(string whole, string wrong, string[] words) =>
        (whole == wrong ? "." : $"; '{wrong}' is none of them.") + Suggestion.DidYouMean(wrong, words);
}
