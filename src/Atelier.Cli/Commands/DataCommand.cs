using Atelier.Cli.Application;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier data</c>: from image files to the packed dataset that training reads.</summary>
internal sealed class DataCommand(CliServices services)
    : CommandGroup("data", "packs images into one dataset file, and describes such files",
        new DataPackCommand(services), new DataInfoCommand(services));
