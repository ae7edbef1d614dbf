using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;
using Atelier.Gan;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier interpolate</c>: pictures between two latents, two classes, or both.</summary>
internal sealed class InterpolateCommand : CliCommand
{
    private const int StandardSteps = 9;
    private const int StandardFrames = 30;

    private readonly Argument<string> model = AnalysisArguments.Model();
    private readonly Option<string?> between = Opt.Choice(
        "--between", "What changes along a row (default: z)", "z", "class", "both");

    private readonly Option<IReadOnlyList<int>?> classes = AnalysisArguments.Classes("all");
    private readonly Option<long?> rows = Opt.Whole(
        "--rows", "N", "Rows (default: one a class, at most 10)", 1, 100);

    private readonly Option<long?> steps = Opt.Whole(
        "--steps", "N", "Pictures of a row, both ends included (default: 9)", 2, 100);

    private readonly Option<string?> path = Opt.Choice(
        "--path", "The way between latents: straight, or along the sphere (default: linear)",
        "linear", "sphere");

    private readonly Option<double?> truncation = AnalysisArguments.Truncation();
    private readonly Option<long?> seed = ModelArguments.Seed("0");
    private readonly Option<string?> output = Opt.Text("--output", "PNG", "The picture to write", "-o");
    private readonly Option<string?> animation = Opt.Text(
        "--animation", "PNG", "An animated PNG that goes there and back");

    private readonly Option<long?> frames = Opt.Whole(
        "--frames", "N", "Frames of the animation from end to end (default: 30)", 2, 240);

    private readonly Option<string?> device = ModelArguments.ProcessorOnly();

    /// <summary>Creates the command.</summary>
    public InterpolateCommand(CliServices services)
        : base("interpolate", "draws what lies between latents or classes of a model", services)
    {
        Arguments.Add(model);
        foreach (var option in new Option[]
            { output, animation, between, classes, rows, steps, frames, path, truncation, seed, device })
            Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("interpolate fashion32 -o between.png", "from one piece to another of the same class"),
        new("interpolate fashion32 --between class --classes 0,1,7 -o classes.png",
            "from class to class, each row with its own latent"),
        new("interpolate runs/first --between both --path sphere --animation film.png", "a film"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse)
    {
        var request = new InterpolateRequest
        {
            Model = parse.GetRequiredValue(model),
            Between = parse.GetValue(between) ?? "z",
            Classes = parse.GetValue(classes),
            Rows = (int?)parse.GetValue(rows),
            Steps = (int)(parse.GetValue(steps) ?? StandardSteps),
            Path = parse.GetValue(path) == "sphere" ? InterpolationPath.Sphere : InterpolationPath.Linear,
            Truncation = parse.GetValue(truncation),
            Seed = parse.GetValue(seed) ?? 0,
            Picture = parse.GetValue(output),
            Animation = parse.GetValue(animation),
            Frames = (int)(parse.GetValue(frames) ?? StandardFrames),
            Device = parse.GetValue(device),
        };
        if (request.Picture is null && request.Animation is null)
            throw Refuse("there is nothing to write: give -o PNG for rows, or --animation PNG for a film.");
        if (request.Between == "class" && parse.GetValue(path) is not null)
            throw Refuse("--path is the way between latents, and --between class keeps the latent: leave "
                + "one out.");
        return new InterpolateWork(Services).Run(request);
    }
}
