namespace Atelier.Cli.Tests.Train;

/// <summary>The built program under real signals.</summary>
public sealed class InterruptionTests : IDisposable
{
    private const int Interrupt = 2;
    private const int Kill = 9;
    private const int Terminate = 15;
    private const int Kills = 20;
    private const int Terminations = 5;

    private readonly TinyWorkshop workshop = new();

    public void Dispose() => workshop.Dispose();

    [Fact]
    public void Train_KilledTwentyTimesAndTerminatedFive_AlwaysGoesOnAndEndsAsAnUninterruptedRun()
    {
        var random = new Random(2026);
        int[] signals = [.. Enumerable.Repeat(Kill, Kills), .. Enumerable.Repeat(Terminate, Terminations)];
        random.Shuffle(signals);
        string[] args = workshop.Train(
            "run", 1_000_000, "--resume", "auto", "--set", "snapshots.checkpoint_every_steps=2");
        var (last, resumed) = (0L, 0);
        for (var k = 0; k < signals.Length; k++)
        {
            using var program = AtelierProcess.Start(workshop, args);
            // A few kills come before the first step, the rest anywhere in steps and saves, which follow each
            // other closely.
            var early = signals[k] == Kill && k % 5 == 4;
            if (early) program.Linger(random.Next(20, 400));
            else
            {
                program.WaitForStep(workshop.Run, last + 3);
                program.Linger(random.Next(0, 60));
            }

            program.Send(signals[k]);
            Assert.Equal(128 + signals[k], program.WaitForEnd());
            var newest = workshop.Checkpoints("run").LoadLatest(strict: true);
            Assert.NotNull(newest);
            Assert.True(newest.Step >= last, $"signal {k}: step {newest.Step} after step {last}");
            if (newest.Step > last) resumed++;
            last = newest.Step;
        }

        // The short-lived ones may reach a step on a fast machine.
        Assert.InRange(resumed, signals.Length * 4 / 5, signals.Length);
        var steps = (int)last + 3;
        Finish("run", steps);
        Finish("straight", steps);
        Assert.Equal(workshop.Manifest("straight"), workshop.Manifest("run"));

        void Finish(string run, int to)
        {
            using var program = AtelierProcess.Start(workshop, workshop.Train(run, to, "--resume", "auto"));
            Assert.True(program.WaitForEnd() == 0, program.Error);
        }
    }

    [Fact]
    public void Train_Interrupted_SavesAndEndsWith130()
    {
        using var program = AtelierProcess.Start(workshop, workshop.Train("run", 1_000_000));
        program.WaitForStep(workshop.Run, 3);

        program.Send(Interrupt);

        Assert.Equal(130, program.WaitForEnd());
        Assert.True(workshop.Checkpoints("run").LoadLatest(strict: true)!.Step >= 3);
    }

    [Fact]
    public void Train_KilledBeforeItsFirstCheckpoint_CanBeStartedAgain()
    {
        using (var program = AtelierProcess.Start(
            workshop, workshop.Train("run", 20, "--set", "snapshots.checkpoint_every_steps=1000")))
        {
            program.WaitForStep(workshop.Run, 1);
            program.Send(Kill);
            program.WaitForEnd();
        }

        using var again = AtelierProcess.Start(workshop, workshop.Train("run", 4, "--resume", "auto"));

        Assert.True(again.WaitForEnd() == 0, again.Error);
        Assert.Equal(4, workshop.Checkpoints("run").LoadLatest(strict: true)!.Step);
    }

    [Fact]
    public void Train_LibtorchMissing_SaysWhatWasTriedAndWritesNothing()
    {
        // A copy outside the source tree, where the product's own library is not found.
        var copy = workshop.In("program");
        Directory.CreateDirectory(copy);
        var files = Directory.EnumerateFiles(AppContext.BaseDirectory).Where(static f =>
            f.EndsWith(".dll", StringComparison.Ordinal) || f.EndsWith(".json", StringComparison.Ordinal));
        foreach (var file in files)
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        Directory.CreateDirectory(workshop.In("empty"));

        using var program = AtelierProcess.Start(
            workshop, workshop.Train("run", 4), copy, ("ATELIER_NATIVE", workshop.In("empty")));

        Assert.Equal(3, program.WaitForEnd());
        Assert.Contains("libatelier_native.so could not be loaded", program.Error, StringComparison.Ordinal);
        Assert.Contains(workshop.In("empty"), program.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(workshop.Run));
    }
}
