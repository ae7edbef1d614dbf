using Atelier.Cli.Application;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier backbone</c>: the classifiers under which samples are scored.</summary>
internal sealed class BackboneCommand(CliServices services)
    : CommandGroup("backbone", "makes the classifier under which samples are scored",
        new BackboneTrainCommand(services));
