using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;
using Atelier.Data.Decoding;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier data pack</c>: reads image files and writes one dataset file.</summary>
internal sealed class DataPackCommand : CliCommand
{
    private readonly Argument<string> source = ModelArguments.Word(
        "SOURCE", "A folder with a folder of images for each class, or a folder of IDX files");

    private readonly Option<string?> output = Opt.Text("--output", "FILE", "The dataset file to write", "-o");
    private readonly Option<long?> size =
        Opt.Whole("--size", "N", "Height and width in pixels (default: 32)", 4, 1024);

    private readonly Option<string?> resize = Opt.Choice("--resize",
        "How an image of another size is brought to --size (default: area)", "area", "bilinear", "bicubic",
            "lanczos");

    private readonly Option<string?> onGrey = Opt.Choice(
        "--on-grey", "What to do with grey images among coloured ones (default: error)", "rgb", "error");

    private readonly Option<string?> onAlpha = Opt.Choice(
        "--on-alpha", "What lies behind transparency (default: error)", "white", "black", "drop", "error");

    private readonly Option<bool> skipBad = Opt.Switch(
        "--skip-bad", "Leave out images that cannot be used, and record how many");

    /// <summary>Creates the command.</summary>
    public DataPackCommand(CliServices services)
        : base("pack", "packs a folder of images into one dataset file", services)
    {
        output.Required = true;
        Arguments.Add(source);
        foreach (var option in new Option[] { output, size, resize, onGrey, onAlpha, skipBad })
            Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("data pack photos -o photos.atl --size 32", "photos/cat/*.jpg, photos/dog/*.png, ..."),
        new("data pack /usr/share/datasets/fashion-mnist -o fashion.atl --size 32",
            "60,000 pictures of clothes"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse) => Run(new DataPackRequest
    {
        Source = parse.GetRequiredValue(source),
        Output = parse.GetValue(output)!,
        Size = (int?)parse.GetValue(size),
        Resize = parse.GetValue(resize) ?? "area",
        OnGrey = parse.GetValue(onGrey) == "rgb" ? GreyRule.Rgb : GreyRule.Refuse,
        OnAlpha = AlphaOf(parse.GetValue(onAlpha)),
        SkipBad = parse.GetValue(skipBad),
    });

    private static AlphaRule AlphaOf(string? word) => word switch
    {
        "white" => AlphaRule.White,
        "black" => AlphaRule.Black,
        "drop" => AlphaRule.Drop,
        _ => AlphaRule.Refuse,
    };

    private ExitCode Run(DataPackRequest request) => new DataPackWork(Services).Pack(request);
}
