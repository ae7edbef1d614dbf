using Atelier.Cli.Application;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier backbone</c>: the networks under which samples are scored.</summary>
internal sealed class BackboneCommand(CliServices services)
    : CommandGroup("backbone", "makes and imports the networks under which samples are scored",
        new BackboneTrainCommand(services), new BackboneListCommand(services),
        new BackboneFetchCommand(services), new BackboneImportCommand(services));
