using Atelier.Gan;
using Atelier.Metrics;
using Atelier.Tests;
using Atelier.Torch;
using Atelier.Training.Checkpoints;
using Atelier.Training.Evaluation;
using Atelier.Training.Loop;
using Atelier.Training.Signals;

namespace Atelier.Training.Tests.Loop;

public sealed class ScoringTests : TensorTest
{
    private static readonly string[] EveryThird =
    [
        "training.steps=9", "snapshots.metrics_every_steps=3", "snapshots.metrics=[msssim]",
        "snapshots.checkpoint_every_steps=100",
    ];

    [Fact]
    public void Run_OfAMetricWithoutBackbone_ScoresEveryDueStepAndTheLast()
    {
        using var run = new TinyRun();
        var observer = new ScriptedObserver();
        using var loop = run.Loop(observer, EveryThird, evaluator: Evaluator(run, static () => { }));

        var outcome = loop.Run();

        Assert.Equal([3, 6, 9], observer.Scores.Select(static s => s.Step));
        Assert.All(observer.Scores, static s => Assert.Equal("msssim", s.Name));
        Assert.Equal("msssim", Assert.Single(outcome.Metrics).Name);
    }

    [Fact]
    public void Run_OnceScored_LeavesTheModelOfItsBestStepWithStandingStatistics()
    {
        using var run = new TinyRun();
        var observer = new ScriptedObserver();
        using var loop = run.Loop(observer, EveryThird, evaluator: Evaluator(run, static () => { }));

        loop.Run();

        var best = observer.Scores.Last(static s => s.Best).Step;
        using var ready = new GeneratorSession(run.Folder.ModelPath);
        Assert.True(ready.Card.HasStandingStatistics);
        Assert.Equal(best, ready.Card.Step);
        using var gathering = new GeneratorSession(
            Path.Combine(
                run.Folder.CheckpointsFolder, CheckpointNames.OfStep(best), SessionCheckpoint.AverageFile));
        Assert.Equal(Untruncated(gathering), Untruncated(ready));
    }

    [Fact]
    public void Run_ThatIsNotScored_LeavesTheModelOfItsLastStep()
    {
        using var run = new TinyRun();
        using var loop = run.Loop(new ScriptedObserver(), ["training.steps=4"]);

        loop.Run();

        using var session = new GeneratorSession(run.Folder.ModelPath);
        Assert.Equal(4, session.Card.Step);
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(3, 9)]
    public void Run_SignalledWhileItScores_GivesTheScoresUpAndStops(int at, long stopsAt)
    {
        using var run = new TinyRun();
        using var stop = new StopSignal();
        var (observer, scorings) = (new ScriptedObserver(), 0);
        using var loop = run.Loop(observer, EveryThird, stop: stop, evaluator: Evaluator(run, () =>
        {
            if (++scorings == at) stop.Receive(StopReason.Interrupt);
        }));

        var outcome = loop.Run();

        Assert.Equal(StopReason.Interrupt, outcome.Stopped);
        Assert.Equal(stopsAt, outcome.Step);
        Assert.Equal(at - 1, observer.Scores.Count);
        Assert.Contains("given up because of a signal", Assert.Single(observer.Warnings),
            StringComparison.Ordinal);
        Assert.Equal(stopsAt, run.Checkpoints.LoadLatest(strict: true)!.Step);
    }

    [Fact]
    public void Evaluator_OfAMetricThatCannotBeComputed_IsRefusedBeforeTheRun()
    {
        using var run = new TinyRun();

        var error = Assert.Throws<AtelierException>(() => new RunEvaluator(
            new MetricRun(null, new PackedImageSet(run.Dataset.Train), MetricCatalogue.Create(["fid"])), 12));

        Assert.Contains(
            "'fid' is taken on the features of a backbone", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Untruncated(GeneratorSession session)
    {
        session.GatherStatistics(null);
        using var random = new Generator(Device.Cpu, 2);
        return session.Draw([2, 0, 1], null, random);
    }

    /// <summary>Calls something at the first batch of every scoring.</summary>
    private static RunEvaluator Evaluator(TinyRun run, Action scores) => new(
        new MetricRun(
            null, new PackedImageSet(run.Dataset.Train), MetricCatalogue.Create(["msssim"]),
            new MetricRunOptions
            {
                BatchSize = 4,
                Progress = progress =>
                {
                    if (progress is { Stage: MetricStage.Scored, Done: 4 }) scores();
                },
            }),
        12);
}
