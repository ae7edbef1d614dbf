using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;
using Atelier.Data;
using Atelier.Data.Resizing;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier data pack</c>: reads image files and writes one dataset file.</summary>
internal sealed class DataPackCommand : CliCommand
{
    private const int StandardSize = 32;

    private readonly Argument<string> source = ModelArguments.Word(
        "SOURCE", "A folder of images (a sub-folder a class), an archive, or IDX, CIFAR, LMDB, HDF5, NPZ");

    private readonly Option<string?> output = Opt.Text("--output", "FILE", "The dataset file to write", "-o");

    private readonly Option<ImageSize?> size = Opt.Of<ImageSize?>(
        "--size", "N|WxH", "Side, or width x height, in pixels (default: 32)", PictureSize.TryParse);

    private readonly Option<string?> resize = Opt.Choice("--resize",
        "How pixels are weighted at another size (default: area)",
        "area", "box", "bilinear", "bicubic", "lanczos", "nearest");

    private readonly Option<string?> fit = Opt.Choice("--fit",
        "How another shape is brought in (default: crop; IDX: pad)", "crop", "stretch", "letterbox", "pad");

    private readonly Option<string?> onGrey = DataArguments.OnGrey();

    private readonly Option<string?> onAlpha = DataArguments.OnAlpha();

    private readonly Option<bool> skipBad = Opt.Switch(
        "--skip-bad", "Leave out images that cannot be used, and record how many");

    private readonly Option<string?> labels = Opt.Choice(
        "--labels", "Which labels of CIFAR-100: 100 fine or 20 coarse ones (default: fine)", "fine",
        "coarse");

    private readonly Option<IReadOnlyList<string>?> classes = Opt.Of<IReadOnlyList<string>>(
        "--classes", "A,B,...", "Take these classes only; labels follow this order", ClassNames.TryParse);

    private readonly Option<long?> maxPerClass = Opt.Whole(
        "--max-per-class", "N", "Take at most N images of a class in each split, drawn by --seed", 1,
        int.MaxValue);

    private readonly Option<double?> holdOut = Opt.Number(
        "--hold-out", "SHARE", "Keep this share of each training class apart, as split 'val'",
        0.0001, 0.9999);

    private readonly Option<long?> seed = Opt.Whole("--seed", "N", "What images are drawn by (default: 0)");

    private readonly Option<long?> shardBytes = Opt.Of<long?>(
        "--shard-bytes", "N", "Write a folder of files of at most N bytes (512M, 2G) with an index",
        ByteCount.TryParse);

    private readonly Option<long?> workers = Opt.Whole(
        "--workers", "N", "Threads that decode (default: one a core); the bytes are the same", 1, 1024);

    /// <summary>Creates the command.</summary>
    public DataPackCommand(CliServices services)
        : base("pack", "packs a folder of images into one dataset file", services)
    {
        output.Required = true;
        Arguments.Add(source);
        foreach (var option in new Option[] { output, size, resize, fit, onGrey, onAlpha, skipBad, labels,
            classes, maxPerClass, holdOut, seed, shardBytes, workers })
            Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("data pack photos -o photos.atl --size 32", "photos/cat/*.jpg, photos/dog/*.png, ..."),
        new("data pack /usr/share/datasets/fashion-mnist -o fashion.atl --size 32",
            "60,000 pictures of clothes"),
        new("data pack photos -o photos --size 64x48 --hold-out 0.1 --shard-bytes 1G",
            "wide pictures, a tenth kept apart, larger than memory"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse) =>
        new DataPackWork(Services).Pack(new DataPackRequest
    {
        Source = parse.GetRequiredValue(source),
        Output = parse.GetValue(output)!,
        Labels = parse.GetValue(labels) is { } word ? Enum.Parse<LabelSet>(word, ignoreCase: true) : null,
        Options = new PackOptions
        {
            Size = parse.GetValue(size) ?? StandardSize,
            Filter = Enum.Parse<ResizeFilter>(parse.GetValue(resize) ?? "area", ignoreCase: true),
            Fit = FitOf(parse.GetValue(fit)),
            Policy = DataArguments.Policy(parse.GetValue(onGrey), parse.GetValue(onAlpha)),
            SkipBad = parse.GetValue(skipBad),
            ShardBytes = parse.GetValue(shardBytes),
            Threads = (int)(parse.GetValue(workers) ?? 0),
        },
        Selection = new SourceSelection
        {
            Classes = parse.GetValue(classes),
            MaxPerClass = (int?)parse.GetValue(maxPerClass),
            HoldOut = parse.GetValue(holdOut),
            Seed = parse.GetValue(seed) ?? 0,
        },
    });

    private static ResizeFit FitOf(string? word) => word switch
    {
        "crop" => ResizeFit.CentreCrop,
        "stretch" => ResizeFit.Stretch,
        "letterbox" => ResizeFit.Letterbox,
        "pad" => ResizeFit.Pad,
        _ => ResizeFit.Auto,
    };
}
