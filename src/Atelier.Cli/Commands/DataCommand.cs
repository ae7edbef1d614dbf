using Atelier.Cli.Application;

namespace Atelier.Cli.Commands;

/// <summary><c>atelier data</c>: from image files to the packed dataset that training reads.</summary>
internal sealed class DataCommand(CliServices services)
    : CommandGroup("data", "packs images into one dataset, looks at datasets, fetches public ones",
        new DataPackCommand(services), new DataInfoCommand(services), new DataCheckCommand(services),
        new DataStatsCommand(services), new DataGridCommand(services), new DataFetchCommand(services));
