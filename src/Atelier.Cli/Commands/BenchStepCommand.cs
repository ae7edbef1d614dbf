using System.CommandLine;
using System.Globalization;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;
using Atelier.Training.Benchmarks;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier bench step</c>: how fast a recipe trains, and where its time goes.</summary>
internal sealed class BenchStepCommand : CliCommand
{
    private const int StandardWarmUp = 2;

    private readonly Option<string?> recipe =
        Opt.Text("--recipe", "NAME|FILE", "The recipe; 'atelier recipes list' names them");

    private readonly Option<string?> precision = ModelArguments.Precision("the recipe's");

    private readonly Option<long?> batch = Opt.Whole(
        "--batch", "N", "Images of one pass (default: the recipe's)", 1, 65536);

    private readonly Option<long?> discriminatorSteps = Opt.Whole(
        "--d-steps", "K", "Discriminator updates a step (default: the recipe's)", 1, 100);

    private readonly Option<long?> channels = BenchArguments.Channels();
    private readonly Option<IReadOnlyList<RecipeOverride>?> set = OverrideList.SetOption();

    private readonly Option<string?> data = Opt.Text(
        "--data", "PATH", "Images to train on (default: synthetic ones of the recipe's size)");

    private readonly Option<long?> classes = BenchArguments.Classes();
    private readonly Option<string?> imageChannels = BenchArguments.ImageChannels();

    private readonly Option<long?> steps = Opt.Whole(
        "--steps", "N", "Timed steps, of which the median counts (default: 5)",
        StepBenchmarkOptions.LeastSteps, 10_000);

    private readonly Option<long?> warmUp = Opt.Whole(
        "--warm-up", "N", "Steps before the timed ones (default: 2)", 1, 10_000);

    private readonly Option<bool> noFloor = Opt.Switch(
        "--no-floor", "Do not time the step's convolutions and products alone");

    private readonly Option<string?> device = ModelArguments.Device();

    private readonly Option<string?> profile = Opt.Text(
        "--profile", "JSON", "Write a trace of one more step, for Perfetto or chrome://tracing");

    /// <summary>Creates the command.</summary>
    public BenchStepCommand(CliServices services)
        : base("step", "times training steps by phase, beside their convolutions alone", services)
    {
        recipe.Required = true;
        foreach (var option in new Option[]
            {
                recipe, precision, batch, discriminatorSteps, channels, set, data, classes, imageChannels,
                steps, warmUp, noFloor, profile, device,
            })
            Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("bench step --recipe biggan32-cifar10 --precision fp32 --batch 50 --d-steps 4",
            "the recipe as BigGAN-PyTorch has it"),
        new("bench step --recipe my.yaml --channels 16 --profile step.json", "and where the time goes"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse) => new BenchStepWork(Services).Run(
        new BenchStepRequest
        {
            Recipe = parse.GetValue(recipe)!,
            // One pass an update unless somebody says otherwise: --batch is then the whole batch.
            Overrides =
            [
                new RecipeOverride("training.accumulation", "1", "--set"),
                .. OverrideList.Of(
                    parse,
                    set,
                    [
                        (precision, "training.precision"), (batch, "training.batch_size"),
                        (discriminatorSteps, "training.discriminator_steps"), (channels, "model.channels"),
                    ],
                    Services.Environment),
            ],
            Data = parse.GetValue(data),
            Classes = (int)(parse.GetValue(classes) ?? BenchArguments.StandardClasses),
            ImageChannels = parse.GetValue(imageChannels) is { } word
                ? int.Parse(word, CultureInfo.InvariantCulture)
                : BenchArguments.StandardChannels,
            Steps = (int)(parse.GetValue(steps) ?? StepBenchmarkOptions.LeastSteps),
            WarmUpSteps = (int)(parse.GetValue(warmUp) ?? StandardWarmUp),
            MeasuresFloor = !parse.GetValue(noFloor),
            Profile = parse.GetValue(profile),
            Device = parse.GetValue(device),
        });
}
