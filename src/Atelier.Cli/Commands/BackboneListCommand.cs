using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Work;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier backbone list</c>: what can be named after <c>--backbone</c>.</summary>
internal sealed class BackboneListCommand : CliCommand
{
    /// <summary>Creates the command.</summary>
    public BackboneListCommand(CliServices services)
        : base("list", "lists shipped classifiers and published networks, and which are here", services) =>
        AddCommonOptions();

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
        [new("backbone list", "what is here, and what can be fetched")];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse) => new BackboneListWork(Services).Run();
}
