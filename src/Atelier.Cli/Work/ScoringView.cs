using System.Diagnostics;
using System.Globalization;
using Atelier.Cli.Output;
using Atelier.Cli.Progress;
using Atelier.Metrics;

namespace Atelier.Cli.Work;

/// <summary>Shows an evaluation on stderr: a line every few seconds with what is done of its phase and how
/// long the rest will take.</summary>
internal sealed class ScoringView(IOutput output)
{
    private const long LineEveryMilliseconds = 5000;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private string phase = "";
    private (long Time, int Done) begun;
    private long lastLine;

    /// <summary>Takes the news of one batch or one part of a computation.</summary>
    public void Report(MetricProgress progress)
    {
        var now = watch.ElapsedMilliseconds;
        var name = Name(progress);
        if (name != phase)
        {
            phase = name;
            begun = (now, progress.Done);
        }

        if (now - lastLine < LineEveryMilliseconds) return;
        lastLine = now;
        output.Progress(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {progress.Done} of {progress.Total}{Left(now, progress)}"));
    }

    private string Left(long now, MetricProgress progress)
    {
        var done = progress.Done - begun.Done;
        if (done <= 0) return "";
        var seconds = (now - begun.Time) / 1000.0 / done * (progress.Total - progress.Done);
        return $", {TickText.Remaining(seconds)} left";
    }

    private static string Name(MetricProgress progress) => progress.Stage switch
    {
        MetricStage.Reference => "real images",
        MetricStage.HeldOut => "held-out images",
        MetricStage.Scored => "images",
        _ => progress.Metric ?? "metric",
    };
}
