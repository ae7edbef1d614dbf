using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Sharding;

/// <summary>Batches of a sharded dataset against those of the single file of the same images.</summary>
public sealed class ShardedLoaderTests : IDisposable
{
    private const int Batches = 12;

    private readonly TemporaryFolder folder = new();

    public ShardedLoaderTests()
    {
        IdxMaker.WriteFolder(folder, "idx");
        using var source = DatasetOpener.OpenSource(folder["idx"]);
        DatasetPacker.Pack(source, folder["x.atl"], new PackOptions { Size = 4 });
        ShardMaker.Cut(folder["x.atl"], folder["set"], 3, 2, 4, 1);
    }

    public void Dispose() => folder.Dispose();

    public static TheoryData<int?, int> Ways => new() { { null, 1 }, { null, 3 }, { 4, 1 }, { 4, 3 } };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Next_OfShards_EqualsTheSingleFile(int? window, int readers)
    {
        var single = Take("x.atl", new DataCursor(5), Batches, window, 1);

        Assert.Equal(single, Take("set", new DataCursor(5), Batches, window, readers));
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(5, null)]
    [InlineData(5, 4)]
    [InlineData(9, 3)]
    public void Next_ResumedInsideAnEpoch_GoesOnExactlyAlsoInTheOtherForm(int stopAfter, int? window)
    {
        // Batches of 4 from 7 images: none of these stops is the end of an epoch.
        var straight = Take("x.atl", new DataCursor(5), Batches, window, 1);
        var first = Take("set", new DataCursor(5), stopAfter, window, 2);
        Assert.NotEqual(0, first[^1].Cursor.Position);

        foreach (var form in (string[])["x.atl", "set"])
        {
            Assert.Equal(straight.Skip(stopAfter),
                Take(form, first[^1].Cursor, Batches - stopAfter, window, 1));
        }
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(4, null)]
    [InlineData(2, 3)]
    [InlineData(4, 3)]
    public void Next_SeveralProcesses_TogetherSeeTheBatchesOfOne(int worldSize, int? window)
    {
        var one = Take("set", new DataCursor(8), Batches, window, 1);
        var ranks = Enumerable.Range(0, worldSize)
            .Select(rank => Take("set", new DataCursor(8), Batches, window, 1, worldSize, rank)).ToList();

        for (var step = 0; step < Batches; step++)
        {
            Assert.Equal(one[step].Pixels, string.Concat(ranks.Select(rank => rank[step].Pixels)));
            Assert.All(ranks, rank => Assert.Equal(one[step].Cursor, rank[step].Cursor));
        }
    }

    private List<(string Pixels, string Labels, DataCursor Cursor)> Take(string form, DataCursor cursor,
        int batches, int? window, int readers, int worldSize = 1, int rank = 0)
    {
        using var dataset = PackedDataset.Open(folder[form], mostMapped: 1);
        using var loader = new BatchLoader(dataset.Split("train"), new LoaderOptions
        {
            BatchSize = 4 / worldSize,
            Cursor = cursor,
            HorizontalFlip = true,
            ShuffleWindow = window,
            Readers = readers,
            WorldSize = worldSize,
            Rank = rank,
        });
        var result = new List<(string, string, DataCursor)>();
        for (var i = 0; i < batches; i++)
        {
            using var batch = loader.Next();
            result.Add((Convert.ToHexString(batch.Pixels), string.Join(',', batch.Labels), batch.Cursor));
        }

        return result;
    }
}
