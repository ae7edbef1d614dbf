using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier data stats</c>: the values of the pixels.</summary>
internal sealed class DataStatsCommand : CliCommand
{
    private readonly Argument<string> target = DataArguments.Target();
    private readonly Option<string?> split = DataArguments.Split();

    private readonly Option<string?> output = Opt.Text(
        "--output", "PNG|SVG", "A chart of the histograms to write", "-o");

    private readonly Option<string?> onGrey = DataArguments.OnGrey();
    private readonly Option<string?> onAlpha = DataArguments.OnAlpha();

    /// <summary>Creates the command.</summary>
    public DataStatsCommand(CliServices services)
        : base("stats", "counts pixel values: means, deviations and histograms", services)
    {
        Arguments.Add(target);
        foreach (var option in new Option[] { split, output, onGrey, onAlpha }) Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("data stats fashion.atl", "means and deviations by channel and by class"),
        new("data stats fashion.atl --split train -o histogram.png", "and a chart"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse) => new DataStatsWork(Services).Run(
        parse.GetRequiredValue(target), parse.GetValue(split), parse.GetValue(output),
        DataArguments.Policy(parse.GetValue(onGrey), parse.GetValue(onAlpha)));
}
