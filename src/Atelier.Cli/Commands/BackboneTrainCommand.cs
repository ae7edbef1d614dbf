using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;
using Atelier.Metrics;

namespace Atelier.Cli.Commands;

/// <summary>
/// <c>atelier backbone train</c>: trains an evaluation classifier and reports its test accuracy.
/// </summary>
internal sealed class BackboneTrainCommand : CliCommand
{
    private readonly Option<string?> data = Opt.Text("--data", "FILE", "The packed dataset to learn from");
    private readonly Option<string?> test = Opt.Text("--test", "FILE",
        "The packed dataset to report the accuracy on (default: the test split of --data)");

    private readonly Option<string?> output =
        Opt.Text("--output", "FILE", "The .safetensors file to write", "-o");
    private readonly Option<long?> epochs =
        Opt.Whole("--epochs", "N", "Passes over the data (default: 8)", 1, 10_000);
    private readonly Option<string?> design = Opt.Choice("--design",
        "How the network is built: plain, or whitened, which suits photographs and learns in fewer passes "
        + "(default: plain)", "plain", "whitened");

    private readonly Option<string?> blocks = Opt.Text("--blocks", "WIDTHS",
        "Widths of the convolutions: a comma parts them, a bar halves the picture (default: "
        + SmallClassifierShape.DefaultBlocks + "; whitened: " + SmallClassifierShape.WhitenedBlocks + ")");

    private readonly Option<long?> batch = Opt.Whole(
        "--batch-size", "N", "Images of a step (default: 128; whitened: 256)", 2, 4096);

    private readonly Option<double?> rate = Opt.Number("--rate", "RATE",
        "The learning rate at the top of its cycle (default: the design's, in proportion to the batch)",
        1e-6, 10);

    private readonly Option<long?> shift = Opt.Whole(
        "--shift", "PIXELS", "Shift images by up to so many pixels while learning (default: 2)", 0, 64);

    private readonly Option<long?> cutout = Opt.Whole("--cutout", "PIXELS",
        "Cover a random square of this side in every image while learning (default: 0)", 0, 256);

    private readonly Option<string?> start = Opt.Text("--from", "FILE",
        "Go on from a classifier that was trained before, with its design and widths");

    private readonly Option<bool> noFlip = Opt.Switch("--no-flip", "Do not mirror images while learning");

    private readonly Option<long?> seed = ModelArguments.Seed("0");
    private readonly Option<string?> device = ModelArguments.ProcessorOnly();

    /// <summary>Creates the command.</summary>
    public BackboneTrainCommand(CliServices services)
        : base("train", "trains an evaluation classifier and reports its test accuracy", services)
    {
        data.Required = output.Required = true;
        foreach (var option in new Option[]
        {
            data, output, test, design, blocks, epochs, batch, rate, shift, cutout, noFlip, start, seed,
            device,
        })
            Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("backbone train --data fashion.atl -o clothes.safetensors",
            "the classifier of a dataset"),
        new(
            "backbone train --data cifar.atl --design whitened -o photos.safetensors",
            "one for photographs"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse) => Run(new BackboneTrainRequest
    {
        Data = parse.GetValue(data)!,
        Test = parse.GetValue(test),
        Output = parse.GetValue(output)!,
        Start = parse.GetValue(start),
        Options = Chosen(parse),
        Device = parse.GetValue(device),
    });

    private BackboneOptions Chosen(ParseResult parse)
    {
        var (named, widths) = Shape(parse);
        var options = BackboneOptions.Of(named, (int?)parse.GetValue(batch));
        return options with
        {
            Blocks = widths ?? options.Blocks,
            PeakLearningRate = parse.GetValue(rate) ?? options.PeakLearningRate,
            ShiftPixels = (int)(parse.GetValue(shift) ?? options.ShiftPixels),
            CutoutPixels = (int)(parse.GetValue(cutout) ?? 0),
            Epochs = (int)(parse.GetValue(epochs) ?? options.Epochs),
            Flips = !parse.GetValue(noFlip),
            Seed = (ulong)(parse.GetValue(seed) ?? 0),
        };
    }

    private (ClassifierDesign Design, string? Blocks) Shape(ParseResult parse)
    {
        var (word, widths) = (parse.GetValue(design), parse.GetValue(blocks));
        if (parse.GetValue(start) is not { } file)
            return (word == "whitened" ? ClassifierDesign.Whitened : ClassifierDesign.Plain, widths);
        if (word is not null || widths is not null)
            throw new AtelierException(
                FailureKind.Usage,
                "With --from the design and the widths are those of the file. Leave --design and --blocks " +
                "out.");
        using var before = SmallClassifierBackbone.Load(file);
        return (before.Shape.Design, before.Shape.Blocks);
    }

    private ExitCode Run(BackboneTrainRequest request) => new BackboneTrainWork(Services).Run(request);
}
