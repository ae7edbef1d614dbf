using System.CommandLine;
using Atelier.Cli.Application;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier __complete -- WORDS</c>: what the completion scripts ask; hidden from help.</summary>
internal sealed class CompleteCommand : Command
{
    private readonly Argument<string[]> words = new("words") { Arity = ArgumentArity.ZeroOrMore };

    /// <summary>Creates the command.</summary>
    /// <param name="root">The tree whose words are offered.</param>
    /// <param name="services">Where the words go.</param>
    public CompleteCommand(Command root, CliServices services)
        : base("__complete", "Offers words to complete")
    {
        Hidden = true;
        Arguments.Add(words);
        SetAction(parse =>
        {
            foreach (var word in Offer(root, parse.GetValue(words) ?? []))
                services.Output.Results.WriteLine(word);
            return (int)ExitCode.Ok;
        });
    }

    private static IEnumerable<string> Offer(Command root, string[] words)
    {
        var command = root;
        var last = words.Length > 0 ? words[^1] : "";
        var finished = words.Length > 0 ? words[..^1] : [];
        foreach (var word in finished)
            command = command.Subcommands.FirstOrDefault(sub => sub.Name == word && !sub.Hidden) ?? command;

        var before = finished.LastOrDefault();
        var pending = command.Options.FirstOrDefault(each =>
            each.Name == before || each.Aliases.Contains(before ?? ""));
        IEnumerable<string> offers = pending is { HelpName: not null }
            ? pending.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty)
                .Select(item => item.Label)
            : command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name)
                .Concat(command.Options.Where(option => !option.Hidden).Select(option => option.Name));
        return offers.Where(offer => offer.StartsWith(last, StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal);
    }
}
