using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier classes</c>: which classes a model finds easy and which hard.</summary>
internal sealed class ClassesCommand : CliCommand
{
    private const int StandardCount = 1000;

    private readonly Argument<string> model = AnalysisArguments.Model();
    private readonly Option<string?> data = AnalysisArguments.Data();
    private readonly Option<long?> count = Opt.Whole(
        "--count", "N", "Images of each class (default: 1000)", 2, 1_000_000);

    private readonly Option<double?> truncation = AnalysisArguments.Truncation();
    private readonly Option<long?> batch = AnalysisArguments.Batch();
    private readonly Option<string?> backbone = AnalysisArguments.Backbone();
    private readonly Option<string?> reference = AnalysisArguments.Reference();
    private readonly Option<long?> seed = ModelArguments.Seed("0");
    private readonly Option<string?> output =
        AnalysisArguments.Folder("Write classes.csv and classes.png there");

    private readonly Option<string?> device = ModelArguments.ProcessorOnly();

    /// <summary>Creates the command.</summary>
    public ClassesCommand(CliServices services)
        : base("classes", "scores each class of a model alone: easy ones and hard ones", services)
    {
        data.Required = true;
        Arguments.Add(model);
        foreach (var option in new Option[]
            { data, count, output, truncation, batch, backbone, reference, seed, device })
            Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("classes fashion32 --data fashion.atl -o classes", "a table and a picture of both ends"),
        new("classes runs/first --data fashion.atl --count 500 --json", "for a script"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse) => new ClassesWork(Services).Run(
        new ClassesRequest
        {
            Model = parse.GetRequiredValue(model),
            Data = parse.GetValue(data)!,
            Count = (int)(parse.GetValue(count) ?? StandardCount),
            Batch = (int?)parse.GetValue(batch),
            Truncation = parse.GetValue(truncation),
            Backbone = parse.GetValue(backbone),
            Reference = parse.GetValue(reference),
            Seed = parse.GetValue(seed) ?? 0,
            Output = parse.GetValue(output),
            Device = parse.GetValue(device),
        });
}
