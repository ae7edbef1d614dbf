using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier leak</c>: how much of one class shows in pictures of another, over a run.</summary>
internal sealed class LeakCommand : CliCommand
{
    private const int StandardCount = 2000;

    private readonly Argument<string> run = ModelArguments.Word("RUN", "The folder of a run");
    private readonly Option<string?> data = Opt.Text(
        "--data", "FILE", "A packed dataset, to say how often its held-out images are confused");

    private readonly Option<long?> count = Opt.Whole(
        "--count", "N", "Images of each checkpoint (default: 2000)", 1, 10_000_000);

    private readonly Option<double?> truncation = AnalysisArguments.Truncation();
    private readonly Option<long?> batch = AnalysisArguments.Batch();
    private readonly Option<string?> backbone = AnalysisArguments.Backbone();
    private readonly Option<long?> seed = ModelArguments.Seed("0");
    private readonly Option<string?> output =
        AnalysisArguments.Folder("Write leak.csv, confusion.csv, leak.png and leak.svg there");

    private readonly Option<string?> device = ModelArguments.ProcessorOnly();

    /// <summary>Creates the command.</summary>
    public LeakCommand(CliServices services)
        : base("leak", "shows class leakage over the checkpoints of a run", services)
    {
        Arguments.Add(run);
        foreach (var option in new Option[]
            { data, count, output, truncation, batch, backbone, seed, device })
            Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("leak runs/first --data fashion.atl -o leak", "tables and a plot, with real images beside"),
        new("leak runs/first --count 500 --json", "for a script"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse) => new LeakWork(Services).Run(new LeakRequest
    {
        Run = parse.GetRequiredValue(run),
        Data = parse.GetValue(data),
        Count = (int)(parse.GetValue(count) ?? StandardCount),
        Batch = (int?)parse.GetValue(batch),
        Truncation = parse.GetValue(truncation),
        Backbone = parse.GetValue(backbone),
        Seed = parse.GetValue(seed) ?? 0,
        Output = parse.GetValue(output),
        Device = parse.GetValue(device),
    });
}
