namespace Atelier.Cli.Tests.Train;

/// <summary>The built program under real signals.</summary>
public sealed class InterruptionTests : IDisposable
{
    private const int Interrupt = 2;
    private const int Kill = 9;
    private const int Terminate = 15;
    private const int Kills = 20;

    private readonly TinyWorkshop workshop = new();

    public void Dispose() => workshop.Dispose();

    [Fact]
    public void Train_KilledAtTwentyRandomMoments_AlwaysKeepsASoundCheckpointAndGoesOn()
    {
        var random = new Random(2026);
        var (sound, resumed) = (0, 0);
        string[] args = workshop.Train(
            "run", 1_000_000, "--resume", "auto", "--set", "snapshots.checkpoint_every_steps=2");
        var last = 0L;
        for (var k = 0; k < Kills; k++)
        {
            using var program = AtelierProcess.Start(workshop, args);
            // A few die before their first step, the rest anywhere in steps and saves, which follow each
            // other closely.
            if (k % 5 == 4) program.Linger(random.Next(20, 400));
            else
            {
                program.WaitForStep(workshop.Run, last + 3);
                program.Linger(random.Next(0, 60));
            }

            program.Send(Kill);
            program.WaitForEnd();
            var newest = workshop.Checkpoints("run").LoadLatest(strict: true);
            Assert.NotNull(newest);
            sound++;
            if (newest.Step > last) resumed++;
            Assert.True(newest.Step >= last, $"kill {k}: step {newest.Step} after step {last}");
            last = newest.Step;
        }

        using var final = AtelierProcess.Start(
            workshop, workshop.Train("run", (int)last + 3, "--resume", "auto"));
        Assert.True(final.WaitForEnd() == 0, final.Error);
        Assert.Equal(last + 3, workshop.Checkpoints("run").LoadLatest(strict: true)!.Step);
        Assert.Equal(Kills, sound);
        // The short-lived ones may reach a step on a fast machine.
        Assert.InRange(resumed, Kills - (Kills / 5), Kills);
    }

    [Fact]
    public void Train_TenInterruptions_EndInTheFilesOfAnUninterruptedRun()
    {
        const int Steps = 300;
        using (var straight = AtelierProcess.Start(workshop, workshop.Train("straight", Steps)))
            Assert.True(straight.WaitForEnd() == 0, straight.Error);
        var random = new Random(7);
        int[] signals = [.. Enumerable.Repeat(Terminate, 5), .. Enumerable.Repeat(Kill, 5)];
        random.Shuffle(signals);

        foreach (var signal in signals)
        {
            var from = workshop.Checkpoints("run").LoadLatest()?.Step ?? 0;
            using var program = AtelierProcess.Start(
                workshop, workshop.Train("run", Steps, "--resume", "auto"));
            program.WaitForStep(workshop.Run, from + random.Next(1, 12));
            program.Send(signal);
            var code = program.WaitForEnd();
            Assert.Equal(signal == Terminate ? 143 : 137, code);
        }

        using var last = AtelierProcess.Start(workshop, workshop.Train("run", Steps, "--resume", "auto"));
        Assert.True(last.WaitForEnd() == 0, last.Error);
        Assert.Equal(workshop.Manifest("straight"), workshop.Manifest("run"));
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
