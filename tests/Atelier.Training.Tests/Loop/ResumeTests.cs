using Atelier.Tests;
using Atelier.Training.Signals;

namespace Atelier.Training.Tests.Loop;

public sealed class ResumeTests : TensorTest
{
    private const int Steps = 60;
    private static readonly string[] Sixty = [$"training.steps={Steps}"];
    private static readonly Lazy<string> Straight = new(RunStraight);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Run_StoppedAtFiveRandomSteps_EndsInTheSameBits(int seed)
    {
        var random = new Random(seed);
        using var run = new TinyRun();
        var ways = new[] { true, false, true, false, random.Next(2) == 0 };
        random.Shuffle(ways);

        foreach (var asksToStop in ways)
        {
            var from = run.Checkpoints.LoadLatest()?.Step ?? 0;
            var at = random.NextInt64(from + 1, Math.Min(Steps, from + 15));
            if (asksToStop) StopAt(run, at);
            else AbandonAt(run, at);
        }

        using var last = run.Loop(new ScriptedObserver(), Sixty);
        last.Run();
        Assert.Equal(Straight.Value, TinyRun.Fingerprint(last));
    }

    [Fact]
    public void Run_Repeated_GivesTheSameBits() => Assert.Equal(Straight.Value, RunStraight());

    [Fact]
    public void Run_OfAnotherSeed_GivesOtherBits()
    {
        using var run = new TinyRun();
        using var loop = run.Loop(new ScriptedObserver(), [.. Sixty, "training.seed=6"]);
        loop.Run();

        Assert.NotEqual(Straight.Value, TinyRun.Fingerprint(loop));
    }

    [Fact]
    public void Run_StoppedAtItsLastStep_FinishesOnResume()
    {
        using var run = new TinyRun();
        StopAt(run, Steps);
        Assert.False(File.Exists(run.Folder.SamplePath(Steps)));

        var observer = new ScriptedObserver();
        using var loop = run.Loop(observer, Sixty);
        var outcome = loop.Run();

        Assert.Null(outcome.Stopped);
        Assert.Empty(observer.Saved);
        Assert.True(File.Exists(run.Folder.SamplePath(Steps)));
        Assert.Equal(Straight.Value, TinyRun.Fingerprint(loop));
    }

    private static string RunStraight()
    {
        using var run = new TinyRun();
        using var loop = run.Loop(new ScriptedObserver(), Sixty, resumes: false);
        loop.Run();
        return TinyRun.Fingerprint(loop);
    }

    private static void StopAt(TinyRun run, long step)
    {
        using var stop = new StopSignal();
        var observer = new ScriptedObserver(now =>
        {
            if (now == step) stop.Receive(StopReason.Terminate);
        });
        using var loop = run.Loop(observer, Sixty, stop: stop);

        Assert.Equal(StopReason.Terminate, loop.Run().Stopped);
        Assert.Equal(step, observer.Saved[^1]);
    }

    private static void AbandonAt(TinyRun run, long step)
    {
        using var loop = run.Loop(
            new ScriptedObserver(now =>
            {
                if (now == step) throw new AbandonedException();
            }), Sixty);

        Assert.Throws<AbandonedException>(() => { loop.Run(); });
    }
}
