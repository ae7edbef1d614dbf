using System.CommandLine;
using Atelier.Cli.Application;
using Atelier.Cli.Work;
using Atelier.Gan.Import;

namespace Atelier.Cli.Commands;

/// <summary>An import of a training run's own files: its config, both networks, and the average.</summary>
internal abstract class ImportNetworksCommand : CliCommand
{
    private readonly Func<ImportRequest, ImportedModel> read;
    private readonly Option<string?> config;
    private readonly Option<string?> generator = ImportArguments.Generator();
    private readonly Option<string?> discriminator = ImportArguments.Discriminator();
    private readonly Option<string?> average = ImportArguments.Average();
    private readonly Option<string?> classNames = ImportArguments.Classes();
    private readonly Option<string?> output = ImportArguments.Output();

    /// <summary>Creates the command.</summary>
    protected ImportNetworksCommand(
        string name, string description, string aboutConfig, CliServices services,
        Func<ImportRequest, ImportedModel> read)
        : base(name, description, services)
    {
        this.read = read;
        config = ImportArguments.Config(aboutConfig);
        foreach (var option in new[] { config, generator, discriminator, average, classNames, output })
            Options.Add(option);
        AddCommonOptions();
    }

    /// <inheritdoc/>
    protected sealed override ExitCode Execute(ParseResult parse) => new ImportWork(Services).Run(
        new ImportRequest
        {
            Config = parse.GetValue(config)!,
            Generator = parse.GetValue(generator)!,
            Discriminator = parse.GetValue(discriminator),
            Average = parse.GetValue(average),
            ClassNames = parse.GetValue(classNames),
            Output = parse.GetValue(output)!,
        },
        read);
}
