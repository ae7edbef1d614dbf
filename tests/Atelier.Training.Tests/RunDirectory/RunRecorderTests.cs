using Atelier.Training.Progress;
using Atelier.Training.RunDirectory;
using Atelier.Training.Tests.Progress;

namespace Atelier.Training.Tests.RunDirectory;

public sealed class RunRecorderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Recorder_ResumedAtAnEarlierStep_LeavesASeriesWithoutDuplicates()
    {
        var run = RunFolder.CreateExact(folder.In("out"));
        Train(run, resumedStep: null, 10, 20, 30);

        Train(run, resumedStep: 15, 20, 30, 40);

        var steps = File.ReadLines(run.StatsPath).Select(line => line[..10]);
        Assert.Equal(["{\"step\":10", "{\"step\":20", "{\"step\":30", "{\"step\":40"], steps);
        Assert.Equal(
            ["{\"step\":10", "{\"step\":20", "{\"step\":30", "{\"step\":40"],
            File.ReadLines(run.MetricsPath).Select(line => line[..10]));
        Assert.Equal(2, Directory.GetFiles(run.Path, "events.out.tfevents.*").Length);
        Assert.Contains(
            File.ReadLines(run.LogPath),
            line => line.EndsWith("warning: two lines", StringComparison.Ordinal));
    }

    private static void Train(RunFolder run, long? resumedStep, params long[] steps)
    {
        using var recorder = new RunRecorder(run, resumedStep, sentence => Assert.Fail(sentence));
        recorder.OnWarning("two\nlines");
        foreach (var step in steps)
        {
            recorder.OnTick(Ticks.At(step));
            recorder.OnMetric(
                new MetricScored(step, "fid", 12.5, "p1", 10_000, 3.5, DateTimeOffset.UnixEpoch, true));
        }
    }
}
