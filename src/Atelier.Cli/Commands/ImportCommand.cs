using Atelier.Cli.Application;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier import</c>: from the weights of other programs to a model file.</summary>
internal sealed class ImportCommand(CliServices services)
    : CommandGroup("import", "turns weights of other programs into a model file, without running any of it",
        new ImportBigGanPyTorchCommand(services), new ImportHfBigGanCommand(services),
        new ImportStudioGanCommand(services));
