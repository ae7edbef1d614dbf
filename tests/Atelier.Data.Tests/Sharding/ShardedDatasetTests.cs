using System.Text;
using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Sharding;

/// <summary>7 training and 3 test images in shards of 3, 2, 4 and 1: the third holds both splits.</summary>
public sealed class ShardedDatasetTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly PackedDataset single;

    public ShardedDatasetTests()
    {
        IdxMaker.WriteFolder(folder, "idx");
        using var source = DatasetOpener.OpenSource(folder["idx"]);
        DatasetPacker.Pack(source, folder["x.atl"], new PackOptions { Size = 4 });
        single = PackedDataset.Open(folder["x.atl"]);
        ShardMaker.Cut(folder["x.atl"], folder["set"], 3, 2, 4, 1);
    }

    public void Dispose()
    {
        single.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("set")]
    [InlineData("set/")]
    [InlineData("set/shards.json")]
    public void Open_FolderOrIndex_IsTheSingleFileInEverythingButPlaceAndSize(string name)
    {
        using var sharded = PackedDataset.Open(folder[name]);

        var (one, many) = (single.Info(), sharded.Info());
        Assert.Equal((folder["set"], 4), (many.Path, many.Shards));
        Assert.Equal(new DirectoryInfo(folder["set"]).EnumerateFiles("*.atl").Sum(file => file.Length),
            many.FileBytes);
        Assert.Equal(one with { Path = "", FileBytes = 0, Shards = 0, Classes = [], Splits = [] },
            many with { Path = "", FileBytes = 0, Shards = 0, Classes = [], Splits = [] });
        Assert.Equal(one.Classes, many.Classes);
        Assert.Equal(one.Splits, many.Splits);
        Assert.Equal(single.Labels.ToArray(), sharded.Labels.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public void CopyImage_FewShardsMapped_ReadsAllOfThemAndKeepsTheLimit(int limit)
    {
        using var sharded = PackedDataset.Open(folder["set"], limit);
        var pixels = new byte[sharded.ImageBytes];
        foreach (var index in (int[])[9, 0, 1, 4, 8, 5, 2, 9, 3, 7, 6, 0])
        {
            sharded.CopyImage(index, pixels);
            Assert.Equal(single.Image(index).ToArray(), pixels);
            Assert.InRange(sharded.Pool.Mapped, 1, limit);
        }
    }

    [Fact]
    public void CopyImage_ManyThreadsAndOneMapping_ReadsTheRightPixels()
    {
        using var sharded = PackedDataset.Open(folder["set"], 1);
        Parallel.For(0, 4, thread =>
        {
            var pixels = new byte[sharded.ImageBytes];
            for (var round = 0; round < 500; round++)
            {
                var index = ((7 * round) + thread) % 10;
                sharded.CopyImage(index, pixels);
                Assert.True(single.Image(index).SequenceEqual(pixels));
            }
        });
    }

    [Fact]
    public void Image_ShardsGiveWayMeanwhile_StaysReadable()
    {
        using var sharded = PackedDataset.Open(folder["set"], 1);
        var first = sharded.Image(0);
        for (var index = 0; index < 10; index++)
            sharded.CopyImage(index, new byte[sharded.ImageBytes]);

        Assert.Equal(single.Image(0).ToArray(), first.ToArray());
    }

    [Fact]
    public void Lease_OverTheEndOfAShard_IsNull()
    {
        using var sharded = PackedDataset.Open(folder["set"]);
        using var within = sharded.Lease(5, 4);

        Assert.NotNull(within);
        Assert.Null(sharded.Lease(5, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => sharded.Lease(5, 6));
    }

    [Fact]
    public void Open_ManyTimes_LeavesNoFileOpen()
    {
        using var sharded = PackedDataset.Open(folder["set"]);
        sharded.CopyImage(0, new byte[sharded.ImageBytes]);
        sharded.CopyImage(9, new byte[sharded.ImageBytes]);

        Assert.DoesNotContain(new DirectoryInfo("/proc/self/fd").EnumerateFiles(),
            file => file.LinkTarget?.StartsWith(folder["set"], StringComparison.Ordinal) == true);
    }

    [Fact]
    public void Verify_FlippedBit_NamesTheShard()
    {
        var path = folder["set/shard-00002.atl"];
        var bytes = File.ReadAllBytes(path);
        bytes[^3] ^= 4;
        File.WriteAllBytes(path, bytes);
        using var sharded = PackedDataset.Open(folder["set"]);

        Assert.Contains("shard-00002.atl does not hold what was packed",
            Assert.Throws<AtelierException>(() => sharded.Verify()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_GoodShards_Passes()
    {
        using var sharded = PackedDataset.Open(folder["set"], 1);
        sharded.Verify();
    }

    [Fact]
    public void Open_ShardMissing_SaysWhich()
    {
        File.Delete(folder["set/shard-00001.atl"]);

        Assert.Contains("shard-00001.atl is missing", Opening().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ShardsExchanged_IsRefused()
    {
        File.Copy(folder["set/shard-00003.atl"], folder["set/shard-00001.atl"], overwrite: true);

        Assert.Contains("shard-00001.atl is not the shard", Opening().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ShardOfOtherClasses_IsRefused()
    {
        IdxMaker.WriteFolder(folder, "fashion");
        using var source = DatasetOpener.OpenSource(folder["fashion"]);
        DatasetPacker.Pack(source, folder["set/shard-00000.atl"], new PackOptions { Size = 4 });

        Assert.Contains("other class names", Opening().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"count\": 10", "\"count\": 11")]
    [InlineData("\"format\": \"atelier-shards\"", "\"format\": \"mds\"")]
    [InlineData("\"version\": 1", "\"version\": 2")]
    [InlineData("\"file\": \"shard-00001.atl\"", "\"file\": \"../x.atl\"")]
    [InlineData("\"file\": \"shard-00001.atl\"", "\"file\": \"/etc/passwd\"")]
    [InlineData("\"file\": \"shard-00001.atl\"", "\"file\": \"shard-00000.atl\"")]
    [InlineData("\"file\": \"shard-00001.atl\"", "\"file\": null")]
    [InlineData("\"count\": 3", "\"count\": 4")]
    [InlineData("\"count\": 3", "\"count\": -3")]
    [InlineData("\"height\": 4", "\"height\": 5")]
    [InlineData("\"name\": \"test\"", "\"name\": \"val\"")]
    [InlineData("\"skipped\": 0,", "")]
    [InlineData("\"skipped\": 0", "\"skipped\": 0, \"skipped\": 0")]
    [InlineData("\"skipped\": 0", "\"skipped\": 0, \"unknown\": 1")]
    [InlineData("\"version\": 1,", "")]
    [InlineData("{", "[")]
    public void Open_IndexThatBreaksARule_IsRefused(string from, string to)
    {
        var path = folder["set/shards.json"];
        var json = File.ReadAllText(path);
        var at = json.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, json);
        File.WriteAllText(path, json[..at] + to + json[(at + from.Length)..]);

        Assert.Equal(FailureKind.Dataset, Opening().Kind);
    }

    [Fact]
    public void Open_RandomDamageToTheIndex_OpensOrIsRefused()
    {
        var path = folder["set/shards.json"];
        var good = File.ReadAllBytes(path);
        var random = new Random(13);
        for (var round = 0; round < 300; round++)
        {
            var bytes = good.ToArray();
            for (var k = random.Next(1, 4); k > 0; k--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(path, bytes);
            try
            {
                PackedDataset.Open(folder["set"]).Dispose();
            }
            catch (AtelierException failure)
            {
                Assert.Equal(FailureKind.Dataset, failure.Kind);
            }
        }
    }

    [Fact]
    public void Identify_ShardedFolder_IsPackedAndPacksAgain()
    {
        Assert.Equal(DatasetKind.Packed, DatasetOpener.Identify(folder["set"]));
        using var source = DatasetOpener.OpenSource(folder["set"]);
        var report = DatasetPacker.Pack(source, folder["again.atl"], new PackOptions { Size = 4 });

        Assert.Equal(single.ContentHash, report.Info.ContentHash);
    }

    [Fact]
    public void Write_IndexThatBreaksARule_IsABug()
    {
        var index = ShardIndexFile.Parse(File.ReadAllBytes(folder["set/shards.json"]));

        Assert.Equal(FailureKind.Bug, Assert.Throws<AtelierException>(
            () => ShardIndexFile.Write(folder["set"], index with { Count = 9 })).Kind);
        Assert.DoesNotContain("\"count\": 9,",
            Encoding.UTF8.GetString(File.ReadAllBytes(folder["set/shards.json"])), StringComparison.Ordinal);
    }

    private AtelierException Opening()
        => Assert.Throws<AtelierException>(() => PackedDataset.Open(folder["set"]).Dispose());
}
