using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier curve</c>: fidelity against variety, over truncation thresholds.</summary>
internal sealed class CurveCommand : CliCommand
{
    private const int StandardCount = 10_000;
    private static readonly double[] StandardThresholds = [2, 1.5, 1, 0.5, 0.2, 0.04];

    private readonly Argument<string> model = AnalysisArguments.Model();
    private readonly Option<string?> data = AnalysisArguments.Data();
    private readonly Option<IReadOnlyList<double>?> thresholds = Opt.Of(
        "--thresholds", "LIST", "Largest |z| of each point (default: 2,1.5,1,0.5,0.2,0.04)",
        NumberList.Within(AnalysisArguments.LeastTruncation, AnalysisArguments.MostTruncation));

    private readonly Option<long?> count = Opt.Whole(
        "--count", "N", "Images of each point (default: 10000)", 10, 10_000_000);

    private readonly Option<long?> batch = AnalysisArguments.Batch();
    private readonly Option<string?> backbone = AnalysisArguments.Backbone();
    private readonly Option<string?> reference = AnalysisArguments.Reference();
    private readonly Option<long?> seed = ModelArguments.Seed("0");
    private readonly Option<string?> output =
        AnalysisArguments.Folder("Write curve.csv, curve.png and curve.svg there");

    private readonly Option<string?> device = ModelArguments.ProcessorOnly();

    /// <summary>Creates the command.</summary>
    public CurveCommand(CliServices services)
        : base("curve", "scores a model over truncation thresholds: FID against IS", services)
    {
        data.Required = true;
        Arguments.Add(model);
        foreach (var option in new Option[]
            { data, thresholds, count, output, batch, backbone, reference, seed, device })
            Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("curve fashion32 --data fashion.atl -o curve", "table and plots of a shipped model"),
        new("curve runs/first --data fashion.atl --thresholds 1,0.5 --count 2000 --json",
            "a quick look, for a script"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse) => new CurveWork(Services).Run(new CurveRequest
    {
        Model = parse.GetRequiredValue(model),
        Data = parse.GetValue(data)!,
        Thresholds = parse.GetValue(thresholds) ?? StandardThresholds,
        Count = (int)(parse.GetValue(count) ?? StandardCount),
        Batch = (int?)parse.GetValue(batch),
        Backbone = parse.GetValue(backbone),
        Reference = parse.GetValue(reference),
        Seed = parse.GetValue(seed) ?? 0,
        Output = parse.GetValue(output),
        Device = parse.GetValue(device),
    });
}
