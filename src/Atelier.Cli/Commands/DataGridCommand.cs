using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier data grid</c>: a picture of a dataset, a row a class.</summary>
internal sealed class DataGridCommand : CliCommand
{
    private const int StandardPerClass = 10;

    private readonly Argument<string> target = DataArguments.Target();
    private readonly Option<string?> output = Opt.Text("--output", "PNG", "The picture to write", "-o");

    private readonly Option<IReadOnlyList<int>?> classes =
        AnalysisArguments.Classes($"all, at most {DataGridWork.MostRows}");

    private readonly Option<long?> perClass = Opt.Whole(
        "--per-class", "N", $"Images of each class (default: {StandardPerClass})", 1, 100);

    private readonly Option<string?> split = DataArguments.Split();
    private readonly Option<long?> seed = ModelArguments.Seed("0");
    private readonly Option<string?> onGrey = DataArguments.OnGrey();
    private readonly Option<string?> onAlpha = DataArguments.OnAlpha();

    /// <summary>Creates the command.</summary>
    public DataGridCommand(CliServices services)
        : base("grid", "draws a contact sheet: images of each class, drawn by lot", services)
    {
        output.Required = true;
        Arguments.Add(target);
        foreach (var option in new Option[] { output, classes, perClass, split, seed, onGrey, onAlpha })
            Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("data grid fashion.atl -o sheet.png", "ten images of each class"),
        new("data grid photos -o cats.png --classes 0 --per-class 20", "of image files, one class"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse)
        => new DataGridWork(Services).Run(new DataGridRequest
    {
        Target = parse.GetRequiredValue(target),
        Picture = parse.GetValue(output)!,
        Split = parse.GetValue(split),
        Classes = parse.GetValue(classes),
        PerClass = (int)(parse.GetValue(perClass) ?? StandardPerClass),
        Seed = (ulong)(parse.GetValue(seed) ?? 0),
        Policy = DataArguments.Policy(parse.GetValue(onGrey), parse.GetValue(onAlpha)),
    });
}
