using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Sharding;

public sealed class ShardPackingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ShardPackingTests()
    {
        for (var i = 0; i < 40; i++)
        {
            folder.Write($"src/{(i < 25 ? "train" : "test")}/{i % 3}/{i:00}.png", i is 3 or 30
                ? "text"u8.ToArray() : PngMaker.Solid(6, 5, (byte)i, (byte)(6 * i), 1));
        }
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Pack_IntoShards_HoldsTheImagesOfOneFile()
    {
        const long most = 5500;
        var options = new PackOptions { Size = 4, SkipBad = true };
        var one = Pack("one.atl", options).Info;
        var many = Pack("many", options with { ShardBytes = most }).Info;

        Assert.InRange(many.Shards, 3, 38);
        Assert.Equal((one.ContentHash, one.Count, one.Skipped), (many.ContentHash, many.Count, many.Skipped));
        Assert.Equal(one.Splits, many.Splits);
        using var dataset = PackedDataset.Open(folder["many"]);
        dataset.Verify();
        foreach (var file in new DirectoryInfo(folder["many"]).EnumerateFiles("*.atl"))
        {
            Assert.InRange(file.Length, 1, most);
            using var shard = PackedDataset.Open(file.FullName);
            shard.Verify();
        }
    }

    [Fact]
    public void Pack_ShardsTooSmallForAnImage_NamesTheLeast()
    {
        var failure = Assert.Throws<AtelierException>(
            () => Pack("many", new PackOptions { SkipBad = true, ShardBytes = 1000 }));

        Assert.Equal(FailureKind.Usage, failure.Kind);
        Assert.Contains("a shard with one image has", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Pack_WhereSomethingIs_DoesNotWriteShardsOverIt(bool file)
    {
        folder.Write(file ? "many" : "many/keep.txt", [1]);

        var failure = Assert.Throws<AtelierException>(
            () => Pack("many", new PackOptions { SkipBad = true, ShardBytes = 9000 }));

        Assert.Equal(FailureKind.Usage, failure.Kind);
        Assert.True(File.Exists(folder[file ? "many" : "many/keep.txt"]));
        Assert.False(Directory.Exists(folder["many.partial"]));
    }

    private PackReport Pack(string output, PackOptions options)
    {
        using var source = DatasetOpener.OpenSource(folder["src"]);
        return DatasetPacker.Pack(source, folder[output], options);
    }
}
