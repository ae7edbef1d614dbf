using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Work;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier backbone import</c>: takes over published weights that are on this disk.</summary>
internal sealed class BackboneImportCommand : CliCommand
{
    private readonly Argument<string> network =
        ModelArguments.Word("NAME", "A network of 'atelier backbone list'");

    private readonly Argument<string> file =
        ModelArguments.Word("FILE", "Its published weights: a state dict as .pth, or .safetensors");

    /// <summary>Creates the command.</summary>
    public BackboneImportCommand(CliServices services)
        : base("import", "takes over published weights of a network from a file", services)
    {
        Arguments.Add(network);
        Arguments.Add(file);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("backbone import inception-fid pt_inception-2015-12-05-6726825d.pth",
            "then: eval … --backbone inception-fid"),
        new("backbone import resnet50 resnet50-0676ba61.pth", "weights of torchvision"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse) => new BackboneImportWork(Services).Import(
        parse.GetRequiredValue(network), parse.GetRequiredValue(file));
}
