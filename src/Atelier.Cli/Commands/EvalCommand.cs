using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;
using Atelier.Data;
using Atelier.Metrics;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier eval</c>: scores a model or a folder of images against real ones.</summary>
internal sealed class EvalCommand : CliCommand
{
    private const int StandardCount = 10_000;
    private const string All = "all";
    private static readonly string[] Standard = ["fid", "kid", "is"];

    private readonly Argument<string?> target = ModelArguments.OptionalWord(
        "MODEL|RUN|IMAGES", "A model, the folder of a run, a packed dataset, or a folder of images");

    private readonly Option<string?> data = Opt.Text(
        "--data", "FILE|IMAGES", "The real images: a packed dataset, or a folder of images");

    private readonly Option<IReadOnlyList<string>?> metrics = Opt.Choices(
        "--metrics", "LIST",
        $"{string.Join(", ", MetricCatalogue.Names)}, with a comma between, or all (default: fid,kid,is)",
        [.. MetricCatalogue.Names, All]);

    private readonly Option<long?> count =
        Opt.Whole("--count", "N", "How many images to score (default: 10000)", 2, 10_000_000);

    private readonly Option<double?> truncation = Opt.Number("--truncation", "T",
        "Redraw each number of the latent until |z| <= T (default: none)", 0.02, 10);

    private readonly Option<string?> backbone = Opt.Text("--backbone", "NAME|FILE",
        "A network of 'atelier backbone list', or a classifier's file (default: the shipped one that fits)");

    private readonly Option<string?> resizer = Opt.Choice(
        "--resizer",
        "How images come to the backbone's size: Pillow's cubic, PyTorch's, or its own (default: clean)",
        "clean", "legacy", "friendly");

    private readonly Option<string?> precision = ModelArguments.Precision("fp32");

    private readonly Option<string?> reference = Opt.Text("--reference", "SPLIT",
        "The split of --data to score against (default: train)");

    private readonly Option<string?> real = Opt.Text("--real", "FILE",
        "Stored tensors of real images, instead of a model and --data");

    private readonly Option<string?> fake = Opt.Text("--fake", "FILE", "Stored tensors of generated images");

    private readonly Option<long?> neighbours =
        Opt.Whole("--k", "K", "Neighbours of prdc (default: 5)", 1, 1000);

    private readonly Option<long?> kernelSubsets =
        Opt.Whole("--kid-subsets", "N", "Subsets of kid (default: 100)", 1, 100_000);

    private readonly Option<long?> kernelSubsetSize =
        Opt.Whole("--kid-subset-size", "N", "Samples of a subset of kid (default: 1000)", 2, 1_000_000);

    private readonly Option<long?> splits =
        Opt.Whole("--splits", "N", "Splits of is (default: 10)", 1, 10_000);

    private readonly Option<bool> pathsAtEnd = Opt.Switch(
        "--ppl-end", "Path lengths at the beginnings of paths (default: anywhere on them)");

    private readonly Option<string?> lpips = Opt.Text(
        "--lpips", "FILE", "Weights of LPIPS for path lengths, with vgg16 imported (default: features)");

    private readonly Option<string?> chart = Opt.Text(
        "--chart", "FILE", "Draw the curve of prd, as .png or .svg");

    private readonly Option<ImageSize?> size = Opt.Of<ImageSize?>(
        "--size", "N|WxH", "Size of pictures out of folders (default: the model's or the dataset's)",
        PictureSize.TryParse);

    private readonly Option<string[]> compare = new("--compare")
    {
        HelpName = "A.json B.json",
        Description = "Compare two documents of eval --json; refused where their protocols differ",
        Arity = new ArgumentArity(2, 2),
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<bool> noCache = Opt.Switch(
        "--no-cache", "Keep neither features of real images nor packed folders, and use no kept ones");

    private readonly Option<long?> batch = AnalysisArguments.Batch();
    private readonly Option<long?> seed = ModelArguments.Seed("0");
    private readonly Option<string?> device = ModelArguments.ProcessorOnly();

    /// <summary>Creates the command.</summary>
    public EvalCommand(CliServices services)
        : base("eval", "scores a model or images against real images", services)
    {
        Arguments.Add(target);
        Option[] options =
        [
            data, metrics, count, truncation, backbone, resizer, precision, reference, real, fake,
            neighbours, kernelSubsets, kernelSubsetSize, splits, pathsAtEnd, lpips, chart, size, compare,
            noCache, batch, seed, device,
        ];
        foreach (var option in options) Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("eval fashion32 --data fashion.atl", "FID, KID and IS of a shipped model"),
        new("eval runs/first --data fashion.atl --metrics fid --json", "one number, for a script"),
        new("eval photos --data real --size 64 --metrics swd,msssim", "two folders of pictures"),
        new(
            "eval --real a.safetensors --fake b.safetensors --metrics fid,kid,prdc",
            "features made elsewhere"),
        new(
            "eval fashion32 --data fashion.atl --metrics prd --chart prd.png",
            "precision and recall as a curve"),
        new("eval --compare a.json b.json", "what has changed, if it can be compared"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse)
    {
        var word = parse.GetValue(target);
        if (parse.GetValue(compare) is [var first, var second])
            return word is null
                ? new EvalCompareWork(Services).Run(first, second)
                : throw Refuse($"--compare takes two files; what is '{word}'? Leave it out.");
        if (parse.GetValue(real) is null && parse.GetValue(fake) is null)
            return new EvalWork(Services).Run(OfImages(parse, word));
        if (word is not null || parse.GetValue(data) is not null)
            throw Refuse("--real and --fake are scored alone; leave MODEL|RUN|IMAGES and --data out.");
        return new EvalStoredWork(Services).Run(OfTensors(parse));
    }

    private EvalRequest OfImages(ParseResult parse, string? word) => new()
    {
        Target = word ?? throw Refuse("MODEL|RUN|IMAGES is missing: name what is to be scored."),
        Data = parse.GetValue(data) ?? throw Refuse("--data is missing: name the dataset of real images."),
        Metrics = Names(parse),
        Options = Parameters(parse),
        LeavesOutUnfit = IsAll(parse),
        Count = (int)(parse.GetValue(count) ?? StandardCount),
        Seed = parse.GetValue(seed) ?? 0,
        Truncation = parse.GetValue(truncation),
        Backbone = parse.GetValue(backbone),
        Resizing = parse.GetValue(resizer) is { } way
            ? Enum.Parse<ImageResizing>(way, ignoreCase: true)
            : null,
        BFloat16 = parse.GetValue(precision) == "bf16",
        Reference = parse.GetValue(reference),
        Size = parse.GetValue(size),
        Batch = (int?)parse.GetValue(batch),
        UsesCache = !parse.GetValue(noCache),
        Chart = ChartFile(parse),
        Lpips = parse.GetValue(lpips),
        Device = parse.GetValue(device),
    };

    private EvalStoredRequest OfTensors(ParseResult parse) => new()
    {
        Real = parse.GetValue(real) ?? throw Refuse("--fake needs --real, the tensors to score against."),
        Fake = parse.GetValue(fake) ?? throw Refuse("--real needs --fake, the tensors to score."),
        Metrics = Names(parse),
        // Whoever stores tensors has chosen them.
        Options = Parameters(parse) with { EqualNeighbourhoods = false },
        Chart = ChartFile(parse),
        // What a file lacks is not what the user has asked for.
        LeavesOutUnfit = IsAll(parse) || parse.GetValue(metrics) is null,
    };

    private string? ChartFile(ParseResult parse)
    {
        if (parse.GetValue(chart) is not { } file) return null;
        if (!Names(parse).Contains("prd"))
            throw Refuse("--chart draws the curve of prd; add it to --metrics.");
        return EvalChart.Fits(file)
            ? file
            : throw Refuse($"--chart is '{file}'; expected a name that ends in .png or .svg.");
    }

    private bool IsAll(ParseResult parse) => parse.GetValue(metrics)?.Contains(All) == true;

    private IReadOnlyList<string> Names(ParseResult parse)
    {
        if (IsAll(parse)) return [.. MetricCatalogue.Names];
        return parse.GetValue(metrics) ?? Standard;
    }

    private MetricOptions Parameters(ParseResult parse)
    {
        var standard = new MetricOptions();
        return standard with
        {
            Neighbours = (int)(parse.GetValue(neighbours) ?? standard.Neighbours),
            KernelSubsets = (int)(parse.GetValue(kernelSubsets) ?? standard.KernelSubsets),
            KernelSubsetSize = (int)(parse.GetValue(kernelSubsetSize) ?? standard.KernelSubsetSize),
            InceptionSplits = (int)(parse.GetValue(splits) ?? standard.InceptionSplits),
            PathsAtEnd = parse.GetValue(pathsAtEnd),
            Seed = (ulong)(parse.GetValue(seed) ?? 0),
        };
    }
}
