using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier data pack</c>: reads image files and writes one dataset file.</summary>
internal sealed class DataPackCommand : CliCommand
{
    private readonly Argument<string> source = ModelArguments.Word(
        "SOURCE", "A folder with a folder of images for each class, or a folder of IDX files");

    private readonly Option<string?> output = Opt.Text("--output", "FILE", "The dataset file to write", "-o");
    private readonly Option<long?> size =
        Opt.Whole("--size", "N", "Height and width in pixels (default: the images' own)", 4, 1024);

    private readonly Option<string?> resize = Opt.Choice("--resize",
        "How an image of another size is brought to --size (default: area)", "area", "bilinear", "bicubic",
            "lanczos");

    /// <summary>Creates the command.</summary>
    public DataPackCommand(CliServices services)
        : base("pack", "packs a folder of images into one dataset file", services)
    {
        output.Required = true;
        Arguments.Add(source);
        foreach (var option in new Option[] { output, size, resize }) Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("data pack photos -o photos.atelier --size 32", "photos/cat/*.jpg, photos/dog/*.png, ..."),
        new("data pack /usr/share/datasets/fashion-mnist -o fashion.atelier --size 32",
            "60,000 pictures of clothes"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse) => Run(new DataPackRequest
    {
        Source = parse.GetRequiredValue(source),
        Output = parse.GetValue(output)!,
        Size = (int?)parse.GetValue(size),
        Resize = parse.GetValue(resize) ?? "area",
    });

    private static ExitCode Run(DataPackRequest request) => throw NotYet.In($"data pack {request.Source}");
}
