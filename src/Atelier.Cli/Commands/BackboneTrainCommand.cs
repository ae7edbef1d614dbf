using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;

namespace Atelier.Cli.Commands;

/// <summary>
/// <c>atelier backbone train</c>: trains an evaluation classifier and reports its test accuracy.
/// </summary>
internal sealed class BackboneTrainCommand : CliCommand
{
    private const int StandardEpochs = 5;

    private readonly Option<string?> data = Opt.Text("--data", "FILE", "The packed dataset to learn from");
    private readonly Option<string?> test = Opt.Text("--test", "FILE",
        "The packed dataset to report the accuracy on (default: a tenth of --data, held back)");

    private readonly Option<string?> output =
        Opt.Text("--output", "FILE", "The .safetensors file to write", "-o");
    private readonly Option<long?> epochs =
        Opt.Whole("--epochs", "N", "Passes over the data (default: 5)", 1, 10_000);
    private readonly Option<long?> seed = ModelArguments.Seed("0");
    private readonly Option<string?> device = ModelArguments.Device();

    /// <summary>Creates the command.</summary>
    public BackboneTrainCommand(CliServices services)
        : base("train", "trains an evaluation classifier and reports its test accuracy", services)
    {
        data.Required = output.Required = true;
        foreach (var option in new Option[] { data, output, test, epochs, seed, device }) Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("backbone train --data fashion.atelier -o clothes.safetensors",
            "the classifier of a dataset"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse) => Run(new BackboneTrainRequest
    {
        Data = parse.GetValue(data)!,
        Test = parse.GetValue(test),
        Output = parse.GetValue(output)!,
        Epochs = (int)(parse.GetValue(epochs) ?? StandardEpochs),
        Seed = parse.GetValue(seed) ?? 0,
        Device = parse.GetValue(device),
    });

    private static ExitCode Run(BackboneTrainRequest request) =>
        throw NotYet.In($"backbone train -o {request.Output}");
}
