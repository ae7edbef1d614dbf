using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;

namespace Atelier.Cli.Commands;

/// <summary>
/// <c>atelier demo</c>: trains on Fashion-MNIST for a few minutes, makes pictures and scores them.
/// </summary>
internal sealed class DemoCommand : CliCommand
{
    private const double StandardMinutes = 3;

    private readonly Option<double?> minutes =
        Opt.Number("--minutes", "M", "How long to train (default: 3)", 0.05, 1440);
    private readonly Option<string?> output =
        Opt.Text("--out", "DIR", "The folder of the run (default: a new one in runs)");
    private readonly Option<long?> seed = ModelArguments.Seed("the recipe's");
    private readonly Option<string?> precision = ModelArguments.Precision("the recipe's");
    private readonly Option<string?> device = ModelArguments.ProcessorOnly();

    /// <summary>Creates the command.</summary>
    public DemoCommand(CliServices services)
        : base("demo", "trains on 60,000 real pictures of clothes, draws samples and scores them", services)
    {
        foreach (var option in new Option[] { minutes, output, seed, precision, device }) Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("demo", "three minutes of training, then pictures and scores"),
        new("demo --minutes 10 --seed 7", "longer, with another seed"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse)
    {
        DeviceChoice.Check(parse.GetValue(device));
        return Run(
            TimeSpan.FromMinutes(parse.GetValue(minutes) ?? StandardMinutes),
            parse.GetValue(output),
            OverrideList.Of(
                parse, OverrideList.SetOption(), [(seed, "training.seed"), (precision, "training.precision")],
                Services.Environment));
    }

    private ExitCode Run(TimeSpan duration, string? folder, IReadOnlyList<RecipeOverride> overrides) =>
        new DemoWork(Services).Run(duration, folder, overrides);
}
