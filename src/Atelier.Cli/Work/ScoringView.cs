using System.Diagnostics;
using System.Globalization;
using Atelier.Cli.Output;
using Atelier.Metrics;

namespace Atelier.Cli.Work;

/// <summary>Shows a pass over images on stderr: a line every few seconds.</summary>
internal sealed class ScoringView(IOutput output)
{
    private const long LineEveryMilliseconds = 5000;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private long lastLine;

    /// <summary>Takes the news of one batch.</summary>
    public void Report(MetricProgress progress)
    {
        var now = watch.ElapsedMilliseconds;
        if (now - lastLine < LineEveryMilliseconds) return;
        lastLine = now;
        output.Progress(string.Create(
            CultureInfo.InvariantCulture,
            $"{(progress.Stage == MetricStage.Reference ? "real images" : "images")}: {progress.Done} of " +
            $"{progress.Total}"));
    }
}
