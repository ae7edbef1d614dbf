using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier score</c>: asks a model's discriminator how real images look.</summary>
internal sealed class ScoreCommand : CliCommand
{
    private const int StandardTop = 10;

    private readonly Argument<string> model = ModelArguments.Word(
        "MODEL|RUN", "A model file with a discriminator, or the folder of a run");

    private readonly Option<string?> images = Opt.Text("--images", "FOLDER|FILE",
        "Rank the images of a folder of class folders, or of a packed dataset");

    private readonly Option<long?> top =
        Opt.Whole("--top", "N", "Show the N most and the N least real images (default: 10)", 1, 10_000);

    private readonly Option<string?> inputs = Opt.Text("--inputs", "FILE",
        "Take x [N,C,H,W] float32 in [-1,1] and y [N] int64 from a .safetensors file");

    private readonly Option<string?> raw =
        Opt.Text("--raw", "FILE", "Write logits [N,1] float32 to a .safetensors file");

    private readonly Option<string?> device = ModelArguments.ProcessorOnly();

    /// <summary>Creates the command.</summary>
    public ScoreCommand(CliServices services)
        : base("score", "judges images by a model's discriminator: how real does each look?", services)
    {
        Arguments.Add(model);
        foreach (var option in new Option[] { images, top, inputs, raw, device }) Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("score runs/first --images photos", "the most and the least convincing of your images"),
        new("score biggan.safetensors --images photos --json", "every image with its logit, for a script"),
        new("score biggan.safetensors --inputs in.safetensors --raw out.safetensors", "tensors to logits"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse) => Run(Check(new ScoreRequest
    {
        Model = parse.GetRequiredValue(model),
        Images = parse.GetValue(images),
        Top = (int)(parse.GetValue(top) ?? StandardTop),
        Inputs = parse.GetValue(inputs),
        Raw = parse.GetValue(raw),
        Device = parse.GetValue(device),
    }));

    private static ScoreRequest Check(ScoreRequest request)
    {
        if ((request.Images is null) == (request.Inputs is null))
            throw Refuse("say what to judge: --images for a folder or a dataset, or --inputs for tensors.");
        if ((request.Inputs is null) != (request.Raw is null))
            throw Refuse("--inputs and --raw belong together: tensors in, logits out.");
        return request;
    }

    private ExitCode Run(ScoreRequest request) => new ScoreWork(Services).Run(request);
}
