using System.CommandLine;
using System.CommandLine.Parsing;
using Atelier.Text;

namespace Atelier.Cli.Parsing;

/// <summary>
/// Turns what the parser found wrong into one message, with the nearest right word for each wrong one.
/// </summary>
internal static class UsageErrors
{
    /// <summary>The exception to throw for a command line that does not parse.</summary>
    public static AtelierException Of(ParseResult parse)
    {
        ArgumentNullException.ThrowIfNull(parse);
        var command = parse.CommandResult.Command;
        var faults = Unknown(parse, command).ToList();
        // Whatever else is wrong is most likely a consequence of the unknown word.
        if (faults.Count == 0) faults.AddRange(parse.Errors.Select(Describe)
            .Distinct(StringComparer.Ordinal));
        if (faults.Count == 0) faults.Add("the command line is not understood.");

        var hint = $"'{PathOf(parse)} --help' shows what it takes.";
        return new AtelierException(FailureKind.Usage, $"{string.Join("\n       ", faults)} {hint}");
    }

    /// <summary>The words before the options, as in "atelier data pack".</summary>
    public static string PathOf(ParseResult parse)
    {
        ArgumentNullException.ThrowIfNull(parse);
        var names = new List<string>();
        for (SymbolResult? at = parse.CommandResult; at is CommandResult command; at = at.Parent)
            names.Insert(0, command.Parent is null ? "atelier" : command.Command.Name);
        return string.Join(' ', names);
    }

    private static IEnumerable<string> Unknown(ParseResult parse, Command command)
    {
        var options = OptionNames(parse).ToList();
        var commands = NamesUnder(command).ToList();

        // A word that follows an unknown option is most likely its value.
        var words = parse.UnmatchedTokens;
        var afterOption = false;
        foreach (var word in words)
        {
            if (word.Length > 1 && word[0] == '-')
            {
                afterOption = true;
                var name = word.Split('=', 2)[0];
                yield return $"option '{name}' is not known.{Suggestion.DidYouMean(name, options)}";
            }
            else if (commands.Count > 0)
            {
                var nearest = Suggestion.DidYouMean(word, commands);
                var known = nearest.Length > 0 ? nearest : $" There are: {string.Join(", ", commands)}.";
                yield return $"command '{word}' is not known.{known}";
                yield break;
            }
            else if (!afterOption)
            {
                yield return $"'{word}' is one word too many.";
            }
        }
    }

    private static IEnumerable<string> OptionNames(ParseResult parse)
    {
        for (SymbolResult? at = parse.CommandResult; at is CommandResult command; at = at.Parent)
            foreach (var option in command.Command.Options)
                if (!option.Hidden && (option.Recursive || ReferenceEquals(at, parse.CommandResult)))
                    yield return option.Name;
    }

    private static string Describe(ParseError error) => error.SymbolResult switch
    {
        OptionResult { Tokens.Count: 0, Option: var option } when !option.Arity.Equals(ArgumentArity.Zero)
            && error.Message.Contains("missing", StringComparison.Ordinal) =>
            $"option '{option.Name}' needs a value: {option.HelpName ?? "VALUE"}.",
        OptionResult { Tokens.Count: 0, Option: { Required: true } option } =>
            $"'{option.Name} {option.HelpName}' must be given.",
        ArgumentResult { Tokens.Count: 0, Argument: var argument } =>
            $"{argument.HelpName ?? argument.Name} is missing.",
        CommandResult { Command.Subcommands.Count: > 0 } group =>
            $"a subcommand is missing, one of {string.Join(", ", NamesUnder(group.Command))}.",
        CommandResult result => MissingIn(result) ?? Sentence(error.Message),
        _ => Sentence(error.Message),
    };

    private static IEnumerable<string> NamesUnder(Command group) =>
        group.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name);

    private static string? MissingIn(CommandResult result)
    {
        var argument = result.Command.Arguments
            .FirstOrDefault(each =>
                each.Arity.MinimumNumberOfValues > 0 && result.GetResult(each) is not { Tokens.Count: > 0 });
        return argument is null ? null : $"{argument.HelpName ?? argument.Name} is missing.";
    }

    private static string Sentence(string text) =>
        text.EndsWith('.') || text.EndsWith('?') ? text : text + ".";
}
