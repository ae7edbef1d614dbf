using Atelier.Tests;
using Atelier.Training.Loop;
using Atelier.Training.Tests.Loop;

namespace Atelier.Training.Tests.Monitors;

/// <summary>Monitors beside a training: what they leave and what they leave alone.</summary>
public sealed class MonitorRunTests : TensorTest
{
    private const string Often = "monitors.every_steps=4";

    [Fact]
    public void Run_WithMonitors_TrainsTheSameBitsAsWithout()
    {
        Assert.Equal(
            Fingerprint(["training.steps=8", "monitors.every_steps=null"]),
            Fingerprint(["training.steps=8", "monitors.every_steps=1"]));
    }

    [Fact]
    public void Tick_AfterALook_HasEveryQuantity()
    {
        using var run = new TinyRun(heldOut: 10);
        var observer = new ScriptedObserver();
        using var loop = run.Loop(observer, ["training.steps=4", Often, "snapshots.tick_every_steps=2"]);
        loop.Run();

        Assert.Null(observer.Ticks[0].Extra);
        var seen = observer.Ticks[1].Extra!;
        foreach (var key in new[]
        {
            "sigma0/generator.stem", "sigma1/generator.blocks.0.conv1", "sigma2/discriminator.blocks.2.conv2",
            "weight_norm/generator", "weight_norm/discriminator.linear.bias", "gradient_norm/discriminator",
            "gradient_norm/generator.to_image", "accuracy/real", "accuracy/held_out", "accuracy/fake",
            "memorisation/gap", "diversity/pixels", "diversity/features", "logits/probe_held_out",
        })
            Assert.True(seen.ContainsKey(key) && double.IsFinite(seen[key]), key);
        // As the full decomposition has it.
        var stem = loop.Session.Generator.NamedParameters()
            .Single(static p => p.Name == "stem.weight").Tensor;
        var exact = Torch.Aten.LinalgSvdvals(stem.Detach()).ToArray<float>();
        Assert.Equal(exact[0], seen["sigma0/generator.stem"], exact[0] * 1e-4);
        Assert.Equal(exact[2], seen["sigma2/generator.stem"], exact[0] * 1e-4);
    }

    [Fact]
    public void Run_WithoutATestSplit_HasNoHeldOutAccuracy()
    {
        using var run = new TinyRun();
        var observer = new ScriptedObserver();
        using var loop = run.Loop(observer, ["training.steps=4", Often, "snapshots.tick_every_steps=4"]);
        loop.Run();

        Assert.DoesNotContain("accuracy/held_out", observer.Ticks[0].Extra!.Keys);
        Assert.Contains("accuracy/real", observer.Ticks[0].Extra!.Keys);
    }

    [Fact]
    public void Run_Resumed_IsWatchedAsIfNeverStopped()
    {
        string[] set = [Often, "snapshots.tick_every_steps=4", "snapshots.checkpoint_every_steps=7"];
        using var straight = new TinyRun();
        using (var loop = straight.Loop(new ScriptedObserver(), [.. set, "training.steps=24"])) loop.Run();
        using var broken = new TinyRun();
        // Not at a look: a few losses are on their way to the next one.
        using (var loop = broken.Loop(new ScriptedObserver(AbandonAt(11)), [.. set, "training.steps=24"]))
            Assert.Throws<AbandonedException>(() => { loop.Run(); });
        using (var loop = broken.Loop(new ScriptedObserver(AbandonAt(19)), [.. set, "training.steps=24"]))
            Assert.Throws<AbandonedException>(() => { loop.Run(); });
        using (var loop = broken.Loop(new ScriptedObserver(), [.. set, "training.steps=24"])) loop.Run();

        foreach (var file in new[] { "monitors.json", "monitors.safetensors" })
            Assert.Equal(Bytes(straight, file), Bytes(broken, file));
    }

    [Fact]
    public void Resume_FromACheckpointWithoutMonitors_BeginsThemAnew()
    {
        using var run = new TinyRun();
        using (var loop = run.Loop(
            new ScriptedObserver(), ["training.steps=7", "monitors.every_steps=null"])) loop.Run();
        using var again = run.Loop(new ScriptedObserver(), ["training.steps=9", Often]);

        Assert.Equal(9, again.Run().Step);
        Assert.Contains("monitors.json", run.Checkpoints.LoadLatest(strict: true)!.Names);
    }

    private static Action<long> AbandonAt(long step) => now =>
    {
        if (now == step) throw new AbandonedException();
    };

    private static byte[] Bytes(TinyRun run, string file) =>
        File.ReadAllBytes(run.Checkpoints.LoadLatest(strict: true)!.PathOf(file));

    private static string Fingerprint(string[] set)
    {
        using var run = new TinyRun();
        using var loop = run.Loop(new ScriptedObserver(), set);
        loop.Run();
        return TinyRun.Fingerprint(loop);
    }
}
