using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Training.Tests.Loop;

// bench/Atelier.Soak looks at a thousand steps and at resident memory.
public sealed class LeakTests : TensorTest
{
    [Fact]
    public void LiveTensors_AfterTenAndTwoHundredSteps_AreAsMany()
    {
        var counts = new Dictionary<long, long>();
        using var run = new TinyRun();
        using var loop = run.Loop(
            new ScriptedObserver(step => counts[step] = Tensor.LiveCount),
            ["training.steps=200", "training.discriminator_steps=1", "snapshots.checkpoint_every_steps=50"]);

        loop.Run();

        Assert.Equal(counts[10], counts[200]);
        // Not only at its end: no step in between leaves anything either.
        Assert.Equal(counts[10], counts.Where(static c => c.Key >= 10).Max(static c => c.Value));
    }

    [Fact]
    public void LiveTensors_AfterALoopIsDisposed_AreAsManyAsBefore()
    {
        var before = Tensor.LiveCount;
        using var run = new TinyRun();
        using (var loop = run.Loop(new ScriptedObserver(), ["training.steps=8"])) loop.Run();

        Assert.Equal(before, Tensor.LiveCount);
    }
}
