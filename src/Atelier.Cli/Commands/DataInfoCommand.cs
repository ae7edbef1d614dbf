using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier data info</c>: what is in a dataset file.</summary>
internal sealed class DataInfoCommand : CliCommand
{
    private readonly Argument<string> file =
        ModelArguments.Word("FILE", "A dataset file of 'atelier data pack'");

    /// <summary>Creates the command.</summary>
    public DataInfoCommand(CliServices services)
        : base("info", "shows size, classes, counts and content hash of a dataset file", services)
    {
        Arguments.Add(file);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("data info fashion.atelier", "for people"),
        new("data info fashion.atelier --json", "for a script"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse) => Run(parse.GetRequiredValue(file));

    private static ExitCode Run(string path) => throw NotYet.In($"data info {path}");
}
