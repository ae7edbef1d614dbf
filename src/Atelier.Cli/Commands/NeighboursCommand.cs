using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier neighbours</c>: the training images nearest to samples.</summary>
internal sealed class NeighboursCommand : CliCommand
{
    private const int StandardCount = 10;
    private const int StandardNeighbours = 7;

    private readonly Argument<string> target = ModelArguments.Word(
        "MODEL|RUN|IMAGES", "A model, the folder of a run, a packed dataset, or a folder of images");

    private readonly Option<string?> data = AnalysisArguments.Data();
    private readonly Option<IReadOnlyList<string>?> by = Opt.Choices(
        "--by", "LIST", "pixels, features or both with a comma between (default: both)", "pixels",
        "features");

    private readonly Option<long?> count = Opt.Whole(
        "--count", "N", "How many samples to look up (default: 10)", 1, 256);

    private readonly Option<long?> neighbours = Opt.Whole(
        "--neighbours", "K", "Nearest images of each (default: 7)", 1, 32);

    private readonly Option<IReadOnlyList<int>?> classes = AnalysisArguments.Classes("all");
    private readonly Option<double?> truncation = AnalysisArguments.Truncation();
    private readonly Option<string?> backbone = AnalysisArguments.Backbone();
    private readonly Option<string?> reference = AnalysisArguments.Reference();
    private readonly Option<long?> seed = ModelArguments.Seed("0");
    private readonly Option<string?> output = Opt.Text(
        "--output", "PNG", "The picture to write: each sample, then its neighbours", "-o");

    private readonly Option<string?> device = ModelArguments.ProcessorOnly();

    /// <summary>Creates the command.</summary>
    public NeighboursCommand(CliServices services)
        : base("neighbours", "finds the training images nearest to samples", services)
    {
        data.Required = true;
        Arguments.Add(target);
        foreach (var option in new Option[]
            { data, output, by, count, neighbours, classes, truncation, backbone, reference, seed, device })
            Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("neighbours fashion32 --data fashion.atl -o near.png", "is anything copied?"),
        new("neighbours photos --data fashion.atl --by pixels --json", "of your own images, as numbers"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse)
    {
        var spaces = parse.GetValue(by) ?? ["pixels", "features"];
        return new NeighboursWork(Services).Run(new NeighboursRequest
        {
            Target = parse.GetRequiredValue(target),
            Data = parse.GetValue(data)!,
            ByPixels = spaces.Contains("pixels"),
            ByFeatures = spaces.Contains("features"),
            Count = (int)(parse.GetValue(count) ?? StandardCount),
            Neighbours = (int)(parse.GetValue(neighbours) ?? StandardNeighbours),
            Classes = parse.GetValue(classes),
            Truncation = parse.GetValue(truncation),
            Backbone = parse.GetValue(backbone),
            Reference = parse.GetValue(reference),
            Seed = parse.GetValue(seed) ?? 0,
            Picture = parse.GetValue(output),
            Device = parse.GetValue(device),
        });
    }
}
