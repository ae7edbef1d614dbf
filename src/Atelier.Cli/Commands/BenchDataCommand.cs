using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier bench data</c>: how fast images are packed and loaded.</summary>
internal sealed class BenchDataCommand : CliCommand
{
    private const int StandardSize = 32;
    private const int StandardBatch = 64;
    private const int StandardImages = 128_000;
    private const int StandardRounds = 5;

    private readonly Argument<string> target = DataArguments.Target();

    private readonly Option<ImageSize?> size = Opt.Of<ImageSize?>(
        "--size", "N|WxH", "Side, or width x height, of packed images (default: 32)", PictureSize.TryParse);

    private readonly Option<long?> threads = Opt.Whole(
        "--threads", "N", "Threads that decode (default: one a core)", 1, 1024);

    private readonly Option<long?> batch = Opt.Whole(
        "--batch", "N", "Images of a loaded batch (default: 64)", 1, 65536);

    private readonly Option<long?> images = Opt.Whole(
        "--images", "N", "Images that are loaded in one round (default: 128000)", 1, 100_000_000);

    private readonly Option<long?> rounds = BenchArguments.Rounds(StandardRounds);

    /// <summary>Creates the command.</summary>
    public BenchDataCommand(CliServices services)
        : base("data", "times packing and loading of images", services)
    {
        Arguments.Add(target);
        foreach (var option in new Option[] { size, threads, batch, images, rounds }) Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("bench data fashion.atl", "a packed dataset: loading alone"),
        new("bench data photos --size 64", "images: decoding, packing, and loading what was packed"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse) => new BenchDataWork(Services).Run(
        parse.GetRequiredValue(target), parse.GetValue(size) ?? StandardSize,
        (int)(parse.GetValue(threads) ?? Environment.ProcessorCount),
        (int)(parse.GetValue(batch) ?? StandardBatch), (int)(parse.GetValue(images) ?? StandardImages),
        (int)(parse.GetValue(rounds) ?? StandardRounds));
}
