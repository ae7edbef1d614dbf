using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Work;
using Atelier.Gan.Import;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier import studiogan</c>: turns checkpoints of PyTorch-StudioGAN into a model
/// file.</summary>
internal sealed class ImportStudioGanCommand : CliCommand
{
    private readonly Option<string?> config =
        ImportArguments.Config("The YAML config of the training run");

    private readonly Option<string?> generator = ImportArguments.Generator();
    private readonly Option<string?> discriminator = ImportArguments.Discriminator();
    private readonly Option<string?> average = ImportArguments.Average();
    private readonly Option<string?> classNames = ImportArguments.Classes();
    private readonly Option<string?> output = ImportArguments.Output();

    /// <summary>Creates the command.</summary>
    public ImportStudioGanCommand(CliServices services)
        : base("studiogan", "imports checkpoints of PyTorch-StudioGAN (backbone big_resnet)", services)
    {
        foreach (var option in new[] { config, generator, discriminator, average, classNames, output })
            Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("import studiogan --config BigGAN.yaml --generator G.pth --ema G_ema.pth --discriminator D.pth "
            + "-o biggan.safetensors", "the three checkpoints of a run"),
    ];

    /// <inheritdoc/>
    protected override ExitCode Execute(ParseResult parse) => new ImportWork(Services).Run(
        new ImportRequest
        {
            Config = parse.GetValue(config)!,
            Generator = parse.GetValue(generator)!,
            Discriminator = parse.GetValue(discriminator),
            Average = parse.GetValue(average),
            ClassNames = parse.GetValue(classNames),
            Output = parse.GetValue(output)!,
        },
        static request => StudioGanImporter.Read(
            request.Config, request.Generator, request.Average, request.Discriminator));
}
