using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;

namespace Atelier.Cli.Commands;

/// <summary>
/// A command that does work: options, examples for its help, and a body that gives an exit code.
/// </summary>
internal abstract class CliCommand : Command, IWithExamples
{
    private readonly Option<bool> json =
        Opt.Switch("--json", "Write the result as one JSON document to stdout");
    private readonly Option<bool> quiet =
        Opt.Switch("--quiet", "No progress on stderr, only warnings and errors", "-q");

    /// <summary>
    /// Creates the command; a subclass adds its options, then calls <see cref="AddCommonOptions"/>.
    /// </summary>
    protected CliCommand(string name, string description, CliServices services)
        : base(name, description)
    {
        Services = services;
        SetAction(parse =>
        {
            services.Output.Quiet = parse.GetValue(quiet);
            return (int)Execute(parse);
        });
    }

    /// <inheritdoc/>
    public abstract IReadOnlyList<Example> Examples { get; }

    /// <summary>What the body may use of the world.</summary>
    protected CliServices Services { get; }

    /// <summary>Adds the options that every command has.</summary>
    protected void AddCommonOptions()
    {
        Options.Add(json);
        Options.Add(quiet);
    }

    /// <summary>Does the work of a command line that parsed.</summary>
    protected abstract ExitCode Execute(ParseResult parse);

    /// <summary>The exception of a rule between options that was broken.</summary>
    protected static AtelierException Refuse(string sentence) => new(FailureKind.Usage, sentence);
}
