using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Output;
using Atelier.Text;

namespace Atelier.Cli.Commands;

/// <summary>
/// <c>atelier completion</c>: a script that makes a shell complete commands, options and values.
/// </summary>
internal sealed class CompletionCommand : CliCommand
{
    private static readonly Dictionary<string, string> Scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            _atelier() {
              local IFS=$'\n'
              COMPREPLY=($(atelier __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
              [[ ${#COMPREPLY[@]} -eq 0 ]] && COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o filenames -F _atelier atelier ./atelier
            """,
        ["zsh"] = """
            #compdef atelier
            _atelier() {
              local -a found
              found=("${(@f)$(atelier __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
              if [[ -n $found ]]; then compadd -a found; else _files; fi
            }
            compdef _atelier atelier
            """,
        ["fish"] = """
            function __atelier
              atelier __complete -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null
            end
            complete -c atelier -a '(__atelier)'
            """,
    };

    private readonly Argument<string> shell = ModelArguments.Word("SHELL", "bash, zsh or fish");

    /// <summary>Creates the command.</summary>
    public CompletionCommand(CliServices services)
        : base("completion", "prints a script that completes words in a shell", services)
    {
        Arguments.Add(shell);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
        [new("completion bash >> ~/.bashrc", "for every new shell")];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse)
    {
        var name = parse.GetRequiredValue(shell);
        if (!Scripts.TryGetValue(name, out var script))
            throw Refuse(
                $"there is no completion for '{name}'; there is for {string.Join(", ", Scripts.Keys)}."
                + Suggestion.DidYouMean(name, Scripts.Keys));
        Services.Output.Result(script);
        Services.Output.Document(new CompletionScript(name, script), OutputJson.Default.CompletionScript);
        return ExitCode.Ok;
    }
}
