using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Work;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier data info</c>: what is in a dataset.</summary>
internal sealed class DataInfoCommand : CliCommand
{
    private readonly Argument<string> target = DataArguments.Target();

    /// <summary>Creates the command.</summary>
    public DataInfoCommand(CliServices services)
        : base("info", "shows size, splits, class balance and content hash of a dataset", services)
    {
        Arguments.Add(target);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("data info fashion.atl", "for people"),
        new("data info photos", "of image files: formats and sizes, from their headers"),
        new("data info fashion.atl --json", "for a script"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse) =>
        new DataInfoWork(Services).Run(parse.GetRequiredValue(target));
}
