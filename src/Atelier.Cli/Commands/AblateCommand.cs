using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;
using Atelier.Training.Ablation;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier ablate</c>: what each of BigGAN's changes does, at a scale of one's own.</summary>
internal sealed class AblateCommand : CliCommand
{
    private const int StandardSeeds = 2;
    private const int StandardCount = 2000;
    private const double StandardBatchFactor = 2;
    private static readonly string[] Names = [.. AblationChange.All.Select(static c => c.Name)];

    private readonly Option<string?> data = Opt.Text("--data", "FILE", "The packed dataset");
    private readonly Option<string?> recipe = Opt.Text(
        "--recipe", "NAME|FILE", "The recipe that the baseline is made from");

    private readonly Option<string?> output = Opt.Text(
        "--output", "FOLDER", "The folder of the runs and the table; finished runs in it stay", "-o");

    private readonly Option<IReadOnlyList<string>?> rows = Opt.Choices(
        "--rows", "LIST", $"Rows of the table: {string.Join(",", Names)} (default: all)", Names);

    private readonly Option<bool> oneAtATime = Opt.Switch(
        "--one-at-a-time", "Each change alone over the baseline, instead of on top of those before");

    private readonly Option<double?> batchFactor = Opt.Number(
        "--batch-factor", "F", "By what the row 'batch' enlarges the batch (default: 2; the paper: 8)", 1.01,
        64);

    private readonly Option<long?> seeds = Opt.Whole("--seeds", "K", "Runs of each row (default: 2)", 1, 100);
    private readonly Option<long?> steps = Opt.Whole(
        "--steps", "N", "Generator steps of each run (default: the recipe's)", 1, 1_000_000_000);

    private readonly Option<long?> count = Opt.Whole(
        "--count", "N", "Images of each score (default: 2000)", 10, 10_000_000);

    private readonly Option<IReadOnlyList<RecipeOverride>?> set = OverrideList.SetOption();
    private readonly Option<string?> backbone = AnalysisArguments.Backbone();
    private readonly Option<string?> device = ModelArguments.ProcessorOnly();
    private readonly Option<bool> dryRun = Opt.Switch(
        "--dry-run", "Time a few steps of every row, tell how long all will take, write nothing", "-n");

    /// <summary>Creates the command.</summary>
    public AblateCommand(CliServices services)
        : base("ablate", "trains rows of the BigGAN paper's table 1 and compares them", services)
    {
        data.Required = recipe.Required = output.Required = true;
        foreach (var option in new Option[]
            {
                data, recipe, output, rows, oneAtATime, batchFactor, seeds, steps, count, set, backbone,
                device, dryRun,
            })
            Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("ablate --data fashion.atl --recipe biggan32-fashion --steps 300 -o ablation -n",
            "how long will it take?"),
        new("ablate --data fashion.atl --recipe biggan32-fashion --steps 300 -o ablation",
            "all rows; the same line goes on after a stop"),
        new("ablate --data fashion.atl --recipe biggan32-fashion --rows shared,skip-z --seeds 5 -o two",
            "two rows, with more certainty"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse) => new AblateWork(Services).Run(new AblateRequest
    {
        Data = parse.GetValue(data)!,
        Recipe = parse.GetValue(recipe)!,
        Output = parse.GetValue(output)!,
        Rows = parse.GetValue(rows) ?? Names,
        OneAtATime = parse.GetValue(oneAtATime),
        BatchFactor = parse.GetValue(batchFactor) ?? StandardBatchFactor,
        Seeds = (int)(parse.GetValue(seeds) ?? StandardSeeds),
        Count = (int)(parse.GetValue(count) ?? StandardCount),
        Backbone = parse.GetValue(backbone),
        Device = parse.GetValue(device),
        DryRun = parse.GetValue(dryRun),
        Overrides = OverrideList.Of(parse, set, [(steps, "training.steps")], Services.Environment),
    });
}
