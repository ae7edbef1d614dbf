using Atelier.Training.Checkpoints;
using static Atelier.Training.Tests.Checkpoints.CheckpointFixture;

namespace Atelier.Training.Tests.Checkpoints;

public sealed class CheckpointStoreTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Save_ThenLoad_GivesTheSameBytes()
    {
        var store = CheckpointStore.Open(folder.In("checkpoints"), KeepTwo);

        store.Save(1000, Parts(1000));

        var checkpoint = store.Reader.LoadLatest(strict: true)!;
        Assert.Equal(1000, checkpoint.Step);
        Assert.Equal(3000 + 3007 + 41, checkpoint.TotalBytes);
        AssertWhole(checkpoint);
        Assert.Equal("step-00001000\n", File.ReadAllText(folder.In("checkpoints", "LATEST")));
        Assert.Equal(
            ["MANIFEST.json", "discriminator.safetensors", "generator.safetensors", "state.json"],
            Directory.GetFiles(folder.In("checkpoints", "step-00001000")).Select(Path.GetFileName)
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Save_OnTheDisk_KeepsTheOrderOfTheContract()
    {
        var disk = new FaultyDisk();
        var store = CheckpointStore.Open(folder.In("c"), new(KeepLast: 1, KeepBest: 0), disk: disk);
        store.Save(1, Parts(1));
        disk.Log.Clear();

        store.Save(2, Parts(2));

        var temporary = disk.Log[0]["mkdir ".Length..];
        var latest =
            disk.Log.Single(line => line.EndsWith(">LATEST", StringComparison.Ordinal))["rename ".Length..];
        Assert.Equal(
            [
                $"mkdir {temporary}",
                "create generator.safetensors", "write generator.safetensors", "fsync generator.safetensors",
                "create discriminator.safetensors", "write discriminator.safetensors",
                "write discriminator.safetensors", "write discriminator.safetensors",
                "write discriminator.safetensors", "fsync discriminator.safetensors",
                "create state.json", "write state.json", "fsync state.json",
                "create MANIFEST.json", "write MANIFEST.json", "fsync MANIFEST.json",
                $"fsyncdir {temporary}",
                $"rename {temporary}>step-00000002",
                "fsyncdir c",
                $"create {latest[..^7]}", $"write {latest[..^7]}", $"fsync {latest[..^7]}",
                $"rename {latest}", "fsyncdir c",
            ],
            disk.Log[..24]);
        Assert.StartsWith("rename step-00000001>.tmp-", disk.Log[24], StringComparison.Ordinal);
        Assert.StartsWith("rmdir .tmp-", disk.Log[25], StringComparison.Ordinal);
        Assert.Equal(26, disk.Operations);
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(true, 2)]
    [InlineData(false, 3)]
    [InlineData(false, 2)]
    public void Save_CutOffAtEveryOperation_LeavesAWholeCheckpoint(bool crash, long step)
    {
        // Steps 1 and 2 are there. Step 3 is a new one and makes room by deleting 1; step 2 again replaces
        // itself.
        var operations = 0;
        for (var k = 1; k == 1 || k <= operations; k++)
        {
            var place = folder.In($"c{k}");
            var before = CheckpointStore.Open(place, KeepTwo);
            before.Save(1, Parts(1));
            before.Save(2, Parts(2));
            if (k == 1)
                operations = CountOperations(place, step);

            var disk = new FaultyDisk(k + 1, crash); // operation 1 is Open's mkdir
            var failure = Record.Exception(() =>
                CheckpointStore.Open(place, KeepTwo, disk: disk).Save(step, Parts(step)));

            if (failure is not null)
                Assert.Equal(FailureKind.Disk, Assert.IsType<AtelierException>(failure).Kind);
            AssertWhole(new CheckpointReader(place).LoadLatest(strict: true)!);
            if (!crash)
            {
                var left = Directory.GetFileSystemEntries(place).Select(Path.GetFileName);
                Assert.True(
                    failure is null || !left.Any(name => name!.StartsWith(".tmp-", StringComparison.Ordinal)),
                    disk.Log[^1]);
            }

            var after = CheckpointStore.Open(place, KeepTwo);
            Assert.DoesNotContain(
                Directory.GetFileSystemEntries(place), path => Path.GetFileName(path)[0] == '.');
            AssertWhole(after.Reader.LoadLatest(strict: true)!);
            after.Save(4, Parts(4));
            Assert.Equal(4, after.Reader.LoadLatest(strict: true)!.Step);
        }

        Assert.InRange(operations, 24, 60);
    }

    [Fact]
    public void Save_FirstOfAllCutOff_LeavesNothingThatLoads()
    {
        for (var k = 2; k <= 17; k++)
        {
            var place = folder.In($"c{k}");

            Assert.ThrowsAny<Exception>(() =>
                CheckpointStore.Open(place, KeepTwo, disk: new FaultyDisk(k, crash: true)).Save(1, Parts(1)));

            Assert.Null(new CheckpointReader(place).LoadLatest(strict: true));
        }
    }

    [Fact]
    public void Save_OnAFullDisk_SaysNeededAndFreeAndKeepsTheOld()
    {
        var place = folder.In("c");
        CheckpointStore.Open(place, KeepTwo).Save(7, Parts(7));
        var store = CheckpointStore.Open(place, KeepTwo, disk: new FaultyDisk(6, errorNumber: 0x1c));

        var failure = Assert.Throws<AtelierException>(() => store.Save(8, Parts(8)));

        Assert.Equal(FailureKind.Disk, failure.Kind);
        Assert.Equal(
            $"the checkpoint of step 8 was not saved in {place}: Input/output error. "
            + "It needs at least 6.0 kB, and 1.2 MB are free; the checkpoint of step 7 is intact. "
            + "Free some space, or keep fewer checkpoints (snapshots.keep_last).",
            failure.Message.Replace(
                "No space left on device.", "Input/output error.", StringComparison.Ordinal));
        Assert.Equal(7, store.Reader.LoadLatest(strict: true)!.Step);
    }

    [Fact]
    public void Save_WhenAWriterThrows_PassesItOnAndLeavesNothing()
    {
        var place = folder.In("c");
        var store = CheckpointStore.Open(place, KeepTwo);
        CheckpointPart bad = new(
            "state.json", _ => throw new AtelierException(FailureKind.Numeric, "weight is NaN"));

        var failure = Assert.Throws<AtelierException>(() => store.Save(1, [.. Parts(1)[..2], bad]));

        Assert.Equal(FailureKind.Numeric, failure.Kind);
        Assert.Empty(Directory.GetFileSystemEntries(place));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("MANIFEST.json")]
    [InlineData(".hidden")]
    [InlineData("")]
    [InlineData("generator.safetensors")]
    public void Save_BadOrRepeatedPartName_IsRefused(string name)
    {
        var store = CheckpointStore.Open(folder.In("c"), KeepTwo);

        Assert.Throws<ArgumentException>(() =>
            store.Save(1, [.. Parts(1), new CheckpointPart(name, _ => { })]));
    }

    [Fact]
    public void Retention_KeepsTheNewestAndTheBest()
    {
        var store = CheckpointStore.Open(folder.In("c"), new(KeepLast: 2, KeepBest: 2));
        var metrics = new Dictionary<long, double>
            { [1] = 50, [2] = 20, [3] = 30, [4] = 25, [5] = 60, [6] = 70, [7] = 65 };
        foreach (var (step, metric) in metrics)
        {
            store.Save(step, Parts(step));
            store.MarkBest(step, metric);
        }

        Assert.Equal([7, 6, 4, 2], store.Reader.Steps);
        Assert.Equal("step-00000002 20\nstep-00000004 25\n", File.ReadAllText(folder.In("c", "BEST")));
        Assert.Equal(2, store.Reader.LoadBest(strict: true)!.Step);
    }

    [Fact]
    public void MarkBest_WithHigherIsBetter_PrefersTheHigher()
    {
        var store = CheckpointStore.Open(folder.In("c"), new(KeepLast: 5, KeepBest: 1, HigherIsBetter: true));
        store.Save(1, Parts(1));
        store.Save(2, Parts(2));

        Assert.True(store.MarkBest(1, 3.5));
        Assert.True(store.MarkBest(2, 4.5));
        Assert.False(store.MarkBest(1, 4.0));
        Assert.Equal([(2L, 4.5)], store.Reader.Best);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void MarkBest_NotFinite_IsNeverBest(double metric)
    {
        var store = CheckpointStore.Open(folder.In("c"), new());
        store.Save(1, Parts(1));

        Assert.False(store.MarkBest(1, metric));
        Assert.Empty(store.Reader.Best);
    }

    [Fact]
    public void MarkBest_WithoutACheckpoint_IsRefused()
    {
        var store = CheckpointStore.Open(folder.In("c"), new());

        Assert.Equal(FailureKind.Checkpoint,
            Assert.Throws<AtelierException>(() => store.MarkBest(5, 1.0)).Kind);
    }

    [Fact]
    public void Save_AfterGoingBack_DropsTheAbandonedFuture()
    {
        var store = CheckpointStore.Open(folder.In("c"), new(KeepLast: 3, KeepBest: 0));
        foreach (var step in new[] { 10L, 20, 30 })
            store.Save(step, Parts(step));

        store.Save(15, Parts(15));

        Assert.Equal([15, 10], store.Reader.Steps);
    }

    [Fact]
    public void RequiredBytes_CountsWhatStaysAndTheOneInFlight() =>
        Assert.Equal(6_600, new CheckpointRetention(KeepLast: 3, KeepBest: 2).RequiredBytes(1000));

    [Fact]
    public void SaveFailurePolicy_ThreeInARow_EndsTheRun()
    {
        var warnings = new List<string>();
        var policy = new SaveFailurePolicy(warnings.Add);
        void Fail() => throw new AtelierException(FailureKind.Disk, "full.");

        Assert.False(policy.TrySave(Fail));
        Assert.False(policy.TrySave(Fail));
        Assert.True(policy.TrySave(() => { }));
        Assert.False(policy.TrySave(Fail));
        Assert.False(policy.TrySave(Fail));
        var failure = Assert.Throws<AtelierException>(() => policy.TrySave(Fail));

        Assert.Equal(FailureKind.Disk, failure.Kind);
        Assert.StartsWith("3 saves in a row failed", failure.Message, StringComparison.Ordinal);
        Assert.Equal(4, warnings.Count);
    }

    [Fact]
    public void SaveFailurePolicy_OtherFailures_PassThroughUncounted()
    {
        var policy = new SaveFailurePolicy(_ => { });

        Assert.Throws<AtelierException>(
            () => policy.TrySave(() => throw new AtelierException(FailureKind.Numeric, "NaN")));
        Assert.Equal(0, policy.FailuresInARow);
    }

    private int CountOperations(string place, long step)
    {
        var copy = folder.In("count" + step + Path.GetFileName(place));
        var before = CheckpointStore.Open(copy, KeepTwo);
        before.Save(1, Parts(1));
        before.Save(2, Parts(2));
        var disk = new FaultyDisk();
        CheckpointStore.Open(copy, KeepTwo, disk: disk).Save(step, Parts(step));
        return disk.Operations - 1;
    }
}
