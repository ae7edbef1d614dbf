using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier eval</c>: scores a model or a folder of images against real ones.</summary>
internal sealed class EvalCommand : CliCommand
{
    private const int StandardCount = 10_000;

    private readonly Argument<string> target = ModelArguments.Word(
        "MODEL|RUN|IMAGES", "A model, the folder of a run, a packed dataset, or a folder of images");

    private readonly Option<string?> data = Opt.Text("--data", "FILE", "The packed dataset of real images");
    private readonly Option<IReadOnlyList<string>?> metrics =
        Opt.Choices("--metrics", "LIST", "fid, is and accuracy, with a comma between (default: fid,is)",
            "fid", "is", "accuracy");

    private readonly Option<long?> count =
        Opt.Whole("--count", "N", "How many images to score (default: 10000)", 2, 10_000_000);

    private readonly Option<double?> truncation = Opt.Number("--truncation", "T",
        "Redraw each number of the latent until |z| <= T (default: none)", 0.02, 10);

    private readonly Option<string?> backbone = Opt.Text("--backbone", "FILE",
        "The evaluation classifier (default: the shipped one that fits the dataset)");

    private readonly Option<string?> reference = Opt.Text("--reference", "SPLIT",
        "The split of --data to score against (default: train)");

    private readonly Option<long?> seed = ModelArguments.Seed("0");
    private readonly Option<string?> device = ModelArguments.Device();

    /// <summary>Creates the command.</summary>
    public EvalCommand(CliServices services)
        : base("eval", "scores a model or images against real images", services)
    {
        data.Required = true;
        Arguments.Add(target);
        Option[] options = [data, metrics, count, truncation, backbone, reference, seed, device];
        foreach (var option in options) Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("eval fashion32 --data fashion.atl", "FID and IS of a shipped model"),
        new("eval runs/first --data fashion.atl --metrics fid --json", "one number, for a script"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse) => Run(new EvalRequest
    {
        Target = parse.GetRequiredValue(target),
        Data = parse.GetValue(data)!,
        Metrics = parse.GetValue(metrics) ?? ["fid", "is"],
        Count = (int)(parse.GetValue(count) ?? StandardCount),
        Seed = parse.GetValue(seed) ?? 0,
        Truncation = parse.GetValue(truncation),
        Backbone = parse.GetValue(backbone),
        Reference = parse.GetValue(reference),
        Device = parse.GetValue(device),
    });

    private ExitCode Run(EvalRequest request) => new EvalWork(Services).Run(request);
}
