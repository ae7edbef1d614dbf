using Atelier.Tests;

namespace Atelier.Training.Tests.Loop;

public sealed class CheckpointResumeTests : TensorTest
{
    private static readonly string[] Twenty = ["training.steps=20"];

    [Theory]
    [InlineData("generator.safetensors", false)]
    [InlineData("ema.safetensors", true)]
    [InlineData("optimizer-discriminator.safetensors", false)]
    [InlineData("state.json", true)]
    [InlineData("MANIFEST.json", false)]
    public void Resume_NewestDamaged_FallsBackWithAWarningAndEndsInTheSameBits(string file, bool cut)
    {
        using var run = Trained(out var fingerprint);
        var newest = run.Checkpoints.LoadLatest()!;
        Assert.Equal(20, newest.Step);
        Damage(Path.Combine(newest.Folder, file), cut);

        var observer = new ScriptedObserver();
        using var loop = run.Loop(observer, Twenty);
        loop.Run();

        Assert.Equal(14, observer.StartStep);
        Assert.Contains(observer.Warnings, w =>
            w.Contains("is damaged", StringComparison.Ordinal) && w.Contains(file, StringComparison.Ordinal));
        Assert.Equal(fingerprint, TinyRun.Fingerprint(loop));
        Assert.Equal(20, run.Checkpoints.LoadLatest(strict: true)!.Step);
    }

    [Fact]
    public void Resume_AllDamaged_IsRefused()
    {
        using var run = Trained(out _);
        foreach (var folder in Directory.EnumerateDirectories(run.Folder.CheckpointsFolder))
            Damage(Path.Combine(folder, "discriminator.safetensors"), cut: true);

        var failure = Assert.Throws<AtelierException>(() => run.Loop(new ScriptedObserver(), Twenty));

        Assert.Equal(FailureKind.Checkpoint, failure.Kind);
        Assert.Contains("no checkpoint in", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_WithOtherImages_IsRefused()
    {
        using var folder = new TemporaryFolder();
        using (var run = new TinyRun(folder.Path))
        using (var loop = run.Loop(new ScriptedObserver(), ["training.steps=3"])) loop.Run();
        using var other = new TinyRun(folder.Path, imageSeed: 2);

        var failure = Assert.Throws<AtelierException>(() => other.Loop(new ScriptedObserver(), Twenty));

        Assert.Equal(FailureKind.Checkpoint, failure.Kind);
        Assert.Contains("trained on other images", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_WithAnotherModel_IsRefused()
    {
        using var run = Trained(out _);

        var failure = Assert.Throws<AtelierException>(() =>
            run.Loop(new ScriptedObserver(), [.. Twenty, "model.channels=3"]));

        Assert.Equal(FailureKind.Checkpoint, failure.Kind);
        Assert.Contains("of another model", failure.Message, StringComparison.Ordinal);
    }

    private static TinyRun Trained(out string fingerprint)
    {
        var run = new TinyRun();
        using var loop = run.Loop(new ScriptedObserver(), Twenty);
        loop.Run();
        fingerprint = TinyRun.Fingerprint(loop);
        return run;
    }

    private static void Damage(string path, bool cut)
    {
        var bytes = File.ReadAllBytes(path);
        if (cut) bytes = bytes[..(bytes.Length * 2 / 3)];
        else bytes[bytes.Length / 2] ^= 0x10;
        File.WriteAllBytes(path, bytes);
    }
}
