using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier sample</c>: draws pictures from a model, or feeds it given latents.</summary>
internal sealed class SampleCommand : CliCommand
{
    private readonly Argument<string> model = ModelArguments.Word(
        "MODEL|RUN", "A shipped model's name, a .safetensors file, or the folder of a run");

    private readonly Option<IReadOnlyList<int>?> classes = Opt.Of<IReadOnlyList<int>>(
        "--classes", "LIST", "Class numbers, as 0-9 or 1,3,5 (default: all)", ClassList.TryParse);

    private readonly Option<long?> perClass =
        Opt.Whole("--per-class", "N", "Pictures of each class (default: 10)", 1, 1_000_000);

    private readonly Option<double?> truncation = Opt.Number("--truncation", "T",
        "Redraw each number of the latent until |z| <= T; smaller is finer and less varied (default: none)",
            0.02, 10);

    private readonly Option<string?> weights = Opt.Choice("--weights",
        "The generator to take, of a model that has both (default: average)", "average", "trained");

    private readonly Option<long?> seed = ModelArguments.Seed("0");
    private readonly Option<GridSize?> grid = Opt.Of<GridSize>(
        "--grid", "RxC", "Rows and columns of the picture (default: a row a class)", GridSize.TryParse);

    private readonly Option<string?> output = Opt.Text("--output", "PNG", "The picture to write", "-o");
    private readonly Option<string?> inputs = Opt.Text("--inputs", "FILE",
        "Take z [N,Z] float32 and y [N] int64 from a .safetensors file, as they are");

    private readonly Option<string?> raw = Opt.Text("--raw", "FILE",
        "Write images [N,C,H,W] float32 in [-1,1] to a .safetensors file");

    private readonly Option<long?> count =
        Opt.Whole("--count", "N", "Write N images and their y to --raw", 1, 10_000_000);

    private readonly Option<string?> device = ModelArguments.ProcessorOnly();

    /// <summary>Creates the command.</summary>
    public SampleCommand(CliServices services)
        : base("sample", "draws pictures from a trained model", services)
    {
        Arguments.Add(model);
        foreach (var option in new Option[]
            { output, classes, perClass, truncation, seed, grid, inputs, raw, count, weights, device })
            Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("sample fashion32 -o grid.png", "a row of ten for each class"),
        new("sample runs/first --classes 0-4 --truncation 0.5 -o grid.png", "five classes of your own run"),
        new("sample fashion32 --count 10000 --raw images.safetensors", "images as numbers"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse) => Run(Check(new SampleRequest
    {
        Model = parse.GetRequiredValue(model),
        Classes = parse.GetValue(classes),
        PerClass = (int?)parse.GetValue(perClass),
        Truncation = parse.GetValue(truncation),
        Seed = parse.GetValue(seed) ?? 0,
        Grid = parse.GetValue(grid),
        Picture = parse.GetValue(output),
        Inputs = parse.GetValue(inputs),
        Raw = parse.GetValue(raw),
        Trained = parse.GetValue(weights) == "trained",
        Count = (int?)parse.GetValue(count),
        Device = parse.GetValue(device),
    }));

    private static SampleRequest Check(SampleRequest request)
    {
        if (request.Picture is null && request.Raw is null)
            throw Refuse("there is nothing to write: give -o PNG for a picture, or --raw FILE for numbers.");
        if (request.Raw is null && (request.Inputs is not null || request.Count is not null))
        {
            var option = request.Inputs is null ? "--count" : "--inputs";
            throw Refuse($"{option} writes numbers: it needs --raw FILE too.");
        }

        if (request.Inputs is not null && (request.Classes is not null || request.PerClass is not null
            || request.Count is not null))
            throw Refuse("--inputs brings its own latents and classes: "
                + "leave out --classes, --per-class and --count.");
        if (request.Count is not null && request.PerClass is not null)
            throw Refuse("--count and --per-class both say how many: leave one out.");
        return request;
    }

    private ExitCode Run(SampleRequest request) => new SampleWork(Services).Run(request);
}
