using Atelier.Training.Checkpoints;
using static Atelier.Training.Tests.Checkpoints.CheckpointFixture;

namespace Atelier.Training.Tests.Checkpoints;

public sealed class CheckpointReaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string place;

    public CheckpointReaderTests()
    {
        place = folder.In("checkpoints");
        var store = CheckpointStore.Open(place, KeepTwo);
        store.Save(1, Parts(1));
        store.Save(2, Parts(2));
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("generator.safetensors", 1)]
    [InlineData("discriminator.safetensors", 2)]
    [InlineData("state.json", 3)]
    [InlineData("MANIFEST.json", 4)]
    public void Load_WithAFlippedBit_NeverAccepts(string name, int seed)
    {
        // 1,000 flips over the four files; the manifest is small enough to meet most of its bits.
        var path = Path.Combine(place, "step-00000002", name);
        var good = File.ReadAllBytes(path);
        var reader = new CheckpointReader(place);
        var random = new Random(seed);
        for (var i = 0; i < 250; i++)
        {
            var bad = good.ToArray();
            bad[random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, bad);

            var (checkpoint, fault) = reader.Verify(2);

            Assert.Null(checkpoint);
            Assert.NotNull(fault);
        }

        File.WriteAllBytes(path, good);
        AssertWhole(reader.Load(2));
    }

    [Theory]
    [InlineData("generator.safetensors", 61)]
    [InlineData("MANIFEST.json", 7)]
    public void Load_Truncated_NeverAccepts(string name, int every)
    {
        var path = Path.Combine(place, "step-00000002", name);
        var good = File.ReadAllBytes(path);
        for (var length = 0; length < good.Length; length += every)
        {
            File.WriteAllBytes(path, good[..length]);

            Assert.Null(new CheckpointReader(place).Verify(2).Checkpoint);
        }
    }

    [Fact]
    public void LoadLatest_Damaged_FallsBackAndSaysSo()
    {
        var path = Path.Combine(place, "step-00000002", "state.json");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..11]);
        var warnings = new List<string>();

        var checkpoint = new CheckpointReader(place).LoadLatest(warn: warnings.Add)!;

        Assert.Equal(1, checkpoint.Step);
        Assert.Equal(
            [
                $"the checkpoint {place}/step-00000002 is damaged: state.json ends at byte 11, the manifest "
                + "says 41: an incomplete copy; trying another",
            ],
            warnings);
    }

    [Fact]
    public void LoadLatest_DamagedAndStrict_Refuses()
    {
        File.Delete(Path.Combine(place, "step-00000002", "generator.safetensors"));

        var failure =
            Assert.Throws<AtelierException>(() => new CheckpointReader(place).LoadLatest(strict: true));

        Assert.Equal(FailureKind.Checkpoint, failure.Kind);
        Assert.Contains("generator.safetensors is missing", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LoadLatest_AllDamaged_NamesEach()
    {
        foreach (var step in Directory.GetDirectories(place))
            File.Delete(Path.Combine(step, "MANIFEST.json"));

        var failure = Assert.Throws<AtelierException>(() => new CheckpointReader(place).LoadLatest());

        Assert.Equal(FailureKind.Checkpoint, failure.Kind);
        Assert.Contains("step-00000001", failure.Message, StringComparison.Ordinal);
        Assert.Contains("step-00000002", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LoadLatest_NoFolder_IsNull() =>
        Assert.Null(new CheckpointReader(folder.In("none")).LoadLatest());

    [Fact]
    public void Load_CopiedUnderAnotherStep_Refuses()
    {
        Directory.Move(Path.Combine(place, "step-00000002"), Path.Combine(place, "step-00000003"));

        var failure = Assert.Throws<AtelierException>(() => new CheckpointReader(place).Load(3));

        Assert.Contains("its manifest is that of step 2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingStep_SaysWhichThereAre()
    {
        var failure = Assert.Throws<AtelierException>(() => new CheckpointReader(place).Load(5));

        Assert.Equal(
            $"there is no checkpoint of step 5 in {place}; there are those of 1, 2", failure.Message);
    }

    [Fact]
    public void PathOf_AFileNotInTheManifest_Refuses()
    {
        File.WriteAllText(Path.Combine(place, "step-00000002", "extra.bin"), "x");

        var checkpoint = new CheckpointReader(place).Load(2);

        Assert.Equal(
            FailureKind.Checkpoint,
            Assert.Throws<AtelierException>(() => checkpoint.PathOf("extra.bin")).Kind);
    }

    [Fact]
    public void Open_AfterACrash_ClearsTemporariesAndPutsAReplacedOneBack()
    {
        Directory.CreateDirectory(Path.Combine(place, ".tmp-abc"));
        File.WriteAllText(Path.Combine(place, ".tmp-abc", "generator.safetensors"), "half");
        File.WriteAllText(Path.Combine(place, ".tmp-latest"), "half");
        Directory.Move(Path.Combine(place, "step-00000002"), Path.Combine(place, ".old-step-00000002"));
        Assert.Equal(2, new CheckpointReader(place).LoadLatest(strict: true)!.Step);

        CheckpointStore.Open(place, KeepTwo);

        Assert.Equal(
            ["LATEST", "step-00000001", "step-00000002"],
            Directory.GetFileSystemEntries(place).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void LoadBest_ListNamingAGoneCheckpoint_TakesTheNewest()
    {
        File.WriteAllText(Path.Combine(place, "BEST"), "step-00000009 1.5\nnonsense\nstep-00000001 2.5\n");

        Assert.Equal(1, new CheckpointReader(place).LoadBest()!.Step);
    }
}
