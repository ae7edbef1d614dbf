using System.CommandLine;
using System.Text;

namespace Atelier.Cli.Help;

/// <summary>
/// Writes a command's help within 80 columns: what it is, usage, examples, commands, options.
/// </summary>
internal static class HelpWriter
{
    /// <summary>The widest line.</summary>
    public const int Width = 80;

    private const int MostName = 26;

    /// <summary>Writes the help of a command.</summary>
    public static void Write(Command command, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(output);
        var path = PathOf(command);
        var text = new StringBuilder();

        Wrap(text, $"{path}: {command.Description}", indent: 0);
        text.Append("\nUsage:\n");
        Wrap(text, Usage(command, path), indent: 2, hanging: 4);
        if (command is IWithExamples described) Examples(text, described.Examples);
        Rows(text, "Commands", Visible(command.Subcommands).Select(sub => (sub.Name, sub.Description ?? "")));
        Rows(text, "Arguments", Visible(command.Arguments)
            .Select(each => (NameOf(each), each.Description ?? "")));
        Rows(text, "Options", OptionsOf(command).Select(option => (Names(option), Describe(option))));
        if (command.Subcommands.Count > 0)
            text.Append($"\n'{path} COMMAND --help' shows more about a command.\n");
        output.Write(text.ToString());
    }

    private static void Examples(StringBuilder text, IReadOnlyList<Example> examples)
    {
        text.Append("\nExamples:\n");
        foreach (var example in examples)
        {
            Wrap(text, $"# {example.Meaning}", indent: 2, hanging: 4);
            Wrap(text, $"atelier {example.Line}", indent: 2, hanging: 6);
        }
    }

    private static IEnumerable<T> Visible<T>(IEnumerable<T> symbols)
        where T : Symbol => symbols.Where(symbol => !symbol.Hidden);

    private static IEnumerable<Option> OptionsOf(Command command)
    {
        var own = Visible(command.Options);
        // --help of the root stands in every command's list, last.
        var inherited = command.Parents.OfType<Command>().SelectMany(AllRecursive);
        return own.Concat(inherited).OrderBy(option => option.Recursive);
    }

    private static IEnumerable<Option> AllRecursive(Command command) =>
        command.Options.Where(option => option.Recursive && !option.Hidden)
            .Concat(command.Parents.OfType<Command>().SelectMany(AllRecursive));

    private static string PathOf(Command command)
    {
        if (command is RootCommand) return "atelier";
        return command.Parents.OfType<Command>().FirstOrDefault() is { } parent
            ? $"{PathOf(parent)} {command.Name}"
            : command.Name;
    }

    private static string Usage(Command command, string path)
    {
        var words = new List<string> { path };
        if (command.Subcommands.Count > 0) words.Add("COMMAND");
        words.AddRange(Visible(command.Arguments).Select(static argument =>
            argument.Arity.MinimumNumberOfValues == 0 ? $"[{NameOf(argument)}]" : NameOf(argument)));
        words.AddRange(Visible(command.Options).Where(option => option.Required).Select(Short));
        words.Add("[options]");
        return string.Join(' ', words);
    }

    private static string NameOf(Argument argument) => argument.HelpName ?? argument.Name;

    private static string Short(Option option)
    {
        var name = option.Aliases.FirstOrDefault(alias => alias.Length == 2) ?? option.Name;
        return option.HelpName is null ? name : $"{name} {option.HelpName}";
    }

    private static string Names(Option option)
    {
        var shorts = option.Aliases.Where(alias => alias.Length == 2);
        var names = string.Join(", ", shorts.Append(option.Name));
        return option.HelpName is null ? names : $"{names} {option.HelpName}";
    }

    private static string Describe(Option option) =>
        option.Required ? $"{option.Description} (required)" : option.Description ?? "";

    private static void Rows(StringBuilder text, string title,
        IEnumerable<(string Name, string Meaning)> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0) return;

        text.Append('\n').Append(title).Append(":\n");
        var column = Math.Min(MostName, all.Max(row => row.Name.Length)) + 4;
        foreach (var (name, meaning) in all)
        {
            if (name.Length + 4 <= column)
            {
                Wrap(text, "  " + name.PadRight(column - 2)
                    + meaning, indent: 0, hanging: column, keep: column);
                continue;
            }

            text.Append("  ").Append(name).Append('\n');
            Wrap(text, meaning, column, column);
        }
    }

    // Breaks at blanks; the first `keep` characters are set already and stay as they are.
    private static void Wrap(StringBuilder text, string line, int indent, int? hanging = null, int keep = 0)
    {
        var current = new StringBuilder().Append(' ', indent).Append(line, 0, keep);
        var fresh = true;
        foreach (var word in line[keep..].Split(' '))
        {
            if (!fresh && current.Length + 1 + word.Length > Width)
            {
                text.Append(current).Append('\n');
                current.Clear().Append(' ', hanging ?? indent);
                fresh = true;
            }

            if (!fresh) current.Append(' ');
            current.Append(word);
            fresh = false;
        }

        text.Append(current.ToString().TrimEnd()).Append('\n');
    }
}
