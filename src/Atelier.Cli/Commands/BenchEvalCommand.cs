using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;
using Atelier.Metrics;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier bench eval</c>: how fast images are scored.</summary>
internal sealed class BenchEvalCommand : CliCommand
{
    private const int StandardCount = 2000;
    private const int StandardBatch = 100;
    private static readonly string[] Standard = ["fid", "kid", "is"];

    private readonly Argument<string> target = DataArguments.Target();

    private readonly Option<string?> backbone = Opt.Text("--backbone", "NAME|FILE",
        "A network of 'atelier backbone list', or a classifier's file (default: the shipped one that fits)");

    private readonly Option<IReadOnlyList<string>?> metrics = Opt.Choices(
        "--metrics", "LIST", "Metrics with a comma between (default: fid,kid,is)",
        [.. MetricCatalogue.Names]);

    private readonly Option<long?> count = Opt.Whole(
        "--count", "N", "How many images, at most all of the first split (default: 2000)", 2, 10_000_000);

    private readonly Option<long?> batch = Opt.Whole(
        "--batch", "N", "Images that go through the backbone at once (default: 100)", 1, 4096);

    private readonly Option<string?> precision = ModelArguments.Precision("fp32");

    /// <summary>Creates the command.</summary>
    public BenchEvalCommand(CliServices services)
        : base("eval", "times a backbone and metrics, images scored against themselves", services)
    {
        Arguments.Add(target);
        foreach (var option in new Option[] { backbone, metrics, count, batch, precision })
            Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("bench eval fashion.atl", "the shipped classifier"),
        new("bench eval fashion.atl --backbone inception-fid --count 200 --metrics fid",
            "a network that was imported"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse) => new BenchEvalWork(Services).Run(
        parse.GetRequiredValue(target), parse.GetValue(backbone), parse.GetValue(metrics) ?? Standard,
        (int)(parse.GetValue(count) ?? StandardCount), (int)(parse.GetValue(batch) ?? StandardBatch),
        parse.GetValue(precision) == "bf16");
}
