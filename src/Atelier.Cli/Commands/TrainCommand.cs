using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;

namespace Atelier.Cli.Commands;

/// <summary>
/// <c>atelier train</c>: trains a model from a recipe on a dataset, and can go on where a run stopped.
/// </summary>
internal sealed class TrainCommand : CliCommand
{
    private readonly Option<string?> recipe =
        Opt.Text("--recipe", "NAME|FILE", "The recipe; 'atelier recipes list' names them");
    private readonly Option<string?> data =
        Opt.Text("--data", "PATH", "A packed dataset, or a folder of images to pack");
    private readonly Option<string?> output = Opt.Text("--out", "DIR", "The folder of the run");
    private readonly Option<long?> steps =
        Opt.Whole("--steps", "N", "Generator steps in all (default: the recipe's)", 1, 1_000_000_000);

    private readonly Option<long?> seed = ModelArguments.Seed("the recipe's");
    private readonly Option<string?> precision = ModelArguments.Precision("the recipe's");
    private readonly Option<IReadOnlyList<RecipeOverride>?> set = OverrideList.SetOption();
    private readonly Option<string?> resume = Opt.Text("--resume", "auto",
        "Go on from the newest sound checkpoint of --out, when there is one");

    private readonly Option<string?> onCollapse = Opt.Choice("--on-collapse",
        "At a collapse: end, go back with a lower lr of G, or warn (default: the recipe's)",
        "stop", "rollback", "warn");

    private readonly Option<string?> backbone = Opt.Text("--backbone", "NAME|FILE",
        "The evaluation classifier (default: the shipped one that fits the dataset)");

    private readonly Option<string?> device = ModelArguments.Device();
    private readonly Option<bool> dryRun = Opt.Switch(
        "--dry-run", "Check recipe, data, memory and disk, take one step, write nothing", "-n");

    /// <summary>Creates the command.</summary>
    public TrainCommand(CliServices services)
        : base("train", "trains a model from a recipe on a dataset", services)
    {
        recipe.Required = data.Required = output.Required = true;
        foreach (var option in new Option[] { recipe, data, output, steps, seed, precision, set, resume,
            onCollapse, backbone, device, dryRun })
            Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("train --recipe biggan32-fashion --data fashion.atl --out runs/1",
            "ten kinds of clothes"),
        new("train --recipe my.yaml --data photos --out runs/mine -n", "check that a run will fit, and stop"),
        new("train --recipe my.yaml --data photos --out runs/mine --resume auto",
            "go on where a run stopped"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse) => Run(new TrainRequest
    {
        Recipe = parse.GetValue(recipe)!,
        Data = parse.GetValue(data)!,
        Output = parse.GetValue(output)!,
        Resume = parse.GetValue(resume),
        Backbone = parse.GetValue(backbone),
        Device = parse.GetValue(device),
        DryRun = parse.GetValue(dryRun),
        Overrides = OverrideList.Of(
            parse,
            set,
            [
                (steps, "training.steps"), (seed, "training.seed"), (precision, "training.precision"),
                (onCollapse, "monitors.on_collapse"),
            ],
            Services.Environment),
    });

    private ExitCode Run(TrainRequest request) => new TrainWork(Services).Run(request);
}
