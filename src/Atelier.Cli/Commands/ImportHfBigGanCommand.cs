using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Parsing;
using Atelier.Cli.Work;
using Atelier.Gan.Import;

namespace Atelier.Cli.Commands;

/// <summary>
/// <c>atelier import hf-biggan</c>: turns a generator of pytorch-pretrained-BigGAN into a model file.
/// </summary>
internal sealed class ImportHfBigGanCommand : CliCommand
{
    private readonly Option<string?> config =
        ImportArguments.Config("The config.json that lies beside the weights");

    private readonly Option<string?> weights =
        Opt.Text("--weights", "FILE", "The generator's weights (pytorch_model.bin)");

    private readonly Option<string?> classNames = ImportArguments.Classes();
    private readonly Option<string?> output = ImportArguments.Output();

    /// <summary>Creates the command.</summary>
    public ImportHfBigGanCommand(CliServices services)
        : base("hf-biggan", "imports a BigGAN-deep generator of huggingface/pytorch-pretrained-BigGAN",
            services)
    {
        weights.Required = true;
        foreach (var option in new[] { config, weights, classNames, output }) Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("import hf-biggan --config config.json --weights pytorch_model.bin -o deep128.safetensors",
            "the published weights, with statistics for every truncation"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse) => new ImportWork(Services).Run(
        new ImportRequest
        {
            Config = parse.GetValue(config)!,
            Generator = parse.GetValue(weights)!,
            ClassNames = parse.GetValue(classNames),
            Output = parse.GetValue(output)!,
        },
        static request => HfBigGanImporter.Read(request.Config, request.Generator));
}
