using Atelier.Training.Progress;
using Atelier.Training.RunDirectory;
using Atelier.Training.Tests.Progress;

namespace Atelier.Training.Tests.RunDirectory;

public sealed class RollbackRecordTests : IDisposable
{
    private static readonly Intervention Change = new(
        15, DateTimeOffset.UnixEpoch, "training.generator.lr", "0.002", "0.001", "It collapsed.");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Recorder_WhenTheRunGoesBack_DropsTheStepsThatWillComeAgain()
    {
        var run = RunFolder.CreateExact(folder.In("out"));
        using (var recorder = new RunRecorder(run, null, sentence => Assert.Fail(sentence)))
        {
            foreach (var step in new long[] { 10, 20, 30 }) recorder.OnTick(Ticks.At(step));
            recorder.OnRollback(15);
            foreach (var step in new long[] { 20, 30 }) recorder.OnTick(Ticks.At(step));
        }

        Assert.Equal(
            ["{\"step\":10", "{\"step\":20", "{\"step\":30"],
            File.ReadLines(run.StatsPath).Select(line => line[..10]));
        Assert.Equal(2, Directory.GetFiles(run.Path, "events.out.tfevents.*").Length);
    }

    [Fact]
    public void Recorder_ToldAnInterventionAgain_HasItOnce()
    {
        var run = RunFolder.CreateExact(folder.In("out"));
        foreach (var resumedStep in new long?[] { null, 15, 40 })
        {
            using var recorder = new RunRecorder(run, resumedStep, sentence => Assert.Fail(sentence));
            recorder.OnIntervention(Change);
        }

        Assert.Equal(Change, Assert.Single(InterventionLog.Read(run)));
    }

    [Fact]
    public void Read_WithATornLine_GivesTheOthers()
    {
        var run = RunFolder.CreateExact(folder.In("out"));
        InterventionLog.Append(run, Change);
        File.AppendAllText(run.InterventionsPath, "{\"step\":9,\"ti");
        InterventionLog.Append(run, Change with { Step = 30 });

        Assert.Equal([15L, 30], InterventionLog.Read(run).Select(static i => i.Step));
    }
}
