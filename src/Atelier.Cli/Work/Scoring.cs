using Atelier.Cli.Application;
using Atelier.Metrics;

namespace Atelier.Cli.Work;

/// <summary>How every command scores: one cache, warnings on stderr.</summary>
internal static class Scoring
{
    /// <summary>The options of a pass over images.</summary>
    /// <param name="services">Where warnings go.</param>
    public static MetricRunOptions Options(CliServices services) => new()
    {
        CacheFolder = Path.Combine(XdgFolders.Cache(services.Environment), "features"),
        Warn = services.Output.Warn,
    };

    /// <summary>The same with lines of progress, for a command that has no display of its own.</summary>
    /// <param name="services">Where warnings and progress go.</param>
    /// <param name="batch">Images at once; null for the usual number.</param>
    public static MetricRunOptions Shown(CliServices services, int? batch = null)
    {
        var options = Options(services) with { Progress = new ScoringView(services.Output).Report };
        return batch is { } size ? options with { BatchSize = size } : options;
    }
}
