using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Help;
using Atelier.Cli.Work;
using Atelier.Gan.Import;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier import biggan-pytorch</c>: turns weights of BigGAN-PyTorch into a model
/// file.</summary>
internal sealed class ImportBigGanPyTorchCommand : CliCommand
{
    private readonly Option<string?> config =
        ImportArguments.Config("The options of the training run as JSON, by BigGAN-PyTorch's own names");

    private readonly Option<string?> generator = ImportArguments.Generator();
    private readonly Option<string?> discriminator = ImportArguments.Discriminator();
    private readonly Option<string?> average = ImportArguments.Average();
    private readonly Option<string?> classNames = ImportArguments.Classes();
    private readonly Option<string?> output = ImportArguments.Output();

    /// <summary>Creates the command.</summary>
    public ImportBigGanPyTorchCommand(CliServices services)
        : base("biggan-pytorch", "imports weights of BigGAN-PyTorch (BigGAN and BigGAN-deep)", services)
    {
        foreach (var option in new[] { config, generator, discriminator, average, classNames, output })
            Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Example> Examples =>
    [
        new("import biggan-pytorch --config config.json --generator G_ema.pth -o biggan.safetensors",
            "a generator to sample from"),
        new("import biggan-pytorch --config config.json --generator G.pth --ema G_ema.pth --discriminator " +
            "D.pth "
            + "-o biggan.safetensors", "everything that a run saved"),
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
        static request => BigGanPyTorchImporter.Read(
            request.Config, request.Generator, request.Average, request.Discriminator));
}
