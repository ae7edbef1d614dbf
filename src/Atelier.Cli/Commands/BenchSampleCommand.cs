using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier bench sample</c>: how fast a generator makes pictures.</summary>
internal sealed class BenchSampleCommand : CliCommand
{
    private const int StandardCount = 1000;
    private const int StandardBatch = 50;
    private const int StandardRounds = 3;

    private readonly Argument<string?> model = ModelArguments.OptionalWord(
        "MODEL|RUN", "A shipped model's name, a .safetensors file, or the folder of a run");

    private readonly Option<string?> recipe = Opt.Text(
        "--recipe", "NAME|FILE", "A recipe's generator with random weights, instead of a model");

    private readonly Option<long?> channels = BenchArguments.Channels();
    private readonly Option<IReadOnlyList<RecipeOverride>?> set = OverrideList.SetOption();
    private readonly Option<long?> classes = BenchArguments.Classes();

    private readonly Option<long?> count = Opt.Whole(
        "--count", "N", "Images of one round (default: 1000)", 1, 10_000_000);

    private readonly Option<long?> batch = Opt.Whole(
        "--batch", "N", "Images of one pass (default: 50)", 1, 65536);

    private readonly Option<long?> rounds = BenchArguments.Rounds(StandardRounds);
    private readonly Option<string?> precision = ModelArguments.Precision("fp32");

    /// <summary>Creates the command.</summary>
    public BenchSampleCommand(CliServices services)
        : base("sample", "times a generator", services)
    {
        Arguments.Add(model);
        foreach (var option in new Option[]
            { recipe, channels, set, classes, count, batch, rounds, precision })
            Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("bench sample fashion32", "a model that ships with it"),
        new("bench sample --recipe biggan32-cifar10 --count 1000 --batch 50", "random weights, no training"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse)
    {
        var request = new BenchSampleRequest
        {
            Model = parse.GetValue(model),
            Recipe = parse.GetValue(recipe),
            Overrides = OverrideList.Of(
                parse, set, [(channels, "model.channels")], Services.Environment),
            Classes = (int)(parse.GetValue(classes) ?? BenchArguments.StandardClasses),
            Count = (int)(parse.GetValue(count) ?? StandardCount),
            Batch = (int)(parse.GetValue(batch) ?? StandardBatch),
            Rounds = (int)(parse.GetValue(rounds) ?? StandardRounds),
            BFloat16 = parse.GetValue(precision) == "bf16",
        };
        if (request.Model is null == request.Recipe is null)
            throw Refuse("give either a model or --recipe, so that it is clear what is sampled.");
        var stray = new Option[] { channels, set, classes }
            .FirstOrDefault(option => parse.GetResult(option) is { Implicit: false });
        if (request.Model is not null && stray is not null)
            throw Refuse(
                $"{stray.Name} changes a recipe, and a model is what it is: leave it out, or give --recipe.");
        return new BenchSampleWork(Services).Run(request);
    }
}
