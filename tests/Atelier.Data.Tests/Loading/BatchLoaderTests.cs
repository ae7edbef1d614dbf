using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Loading;

public sealed class BatchLoaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly PackedDataset dataset;

    public BatchLoaderTests()
    {
        IdxMaker.WriteFolder(folder, "idx");
        using var source = DatasetOpener.OpenSource(folder["idx"]);
        DatasetPacker.Pack(source, folder["x.atl"], new PackOptions { Size = 4 });
        dataset = PackedDataset.Open(folder["x.atl"]);
    }

    public void Dispose()
    {
        dataset.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Next_OneEpoch_GivesEveryImageWithItsLabel()
    {
        using var loader = Open(batchSize: 3, splitName: "test");
        using var batch = loader.Next();

        Assert.Equal((3, 1, 4, 4), (batch.Count, batch.Channels, batch.Height, batch.Width));
        Assert.Equal([1L, 2L, 3L], batch.Labels.Order());
        for (var i = 0; i < 3; i++)
            Assert.Equal(dataset.Split("test").Image((int)batch.Labels[i] - 1).ToArray(),
                batch.Pixels[(16 * i)..(16 * (i + 1))]);
        Assert.Equal(new DataCursor(5, 1, 0), batch.Cursor);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Next_ResumedFromTheCursorOfABatch_EqualsTheStraightStream(int stopAfter)
    {
        var straight = Take(new DataCursor(5), 12);
        var first = Take(new DataCursor(5), stopAfter);

        var resumed = Take(first[^1].Cursor, 12 - stopAfter);

        Assert.Equal(straight.Skip(stopAfter), resumed);
    }

    [Fact]
    public void Next_WithFlip_MirrorsSomeImagesAndAlwaysTheSame()
    {
        var first = Take(new DataCursor(5), 8);
        var second = Take(new DataCursor(5), 8);
        var (flipped, plain) = (0, 0);
        using var loader = Open(batchSize: 5, flip: true);
        for (var step = 0; step < 8; step++)
        {
            using var batch = loader.Next();
            for (var i = 0; i < 5; i++)
            {
                // The first padded row reads 0 a b 0, with a = b - 1; mirrored, a = b + 1.
                if (batch.Pixels[(16 * i) + 1] > batch.Pixels[(16 * i) + 2])
                    flipped++;
                else
                    plain++;
            }
        }

        Assert.Equal(first, second);
        Assert.InRange(flipped, 8, 32);
        Assert.Equal(40, flipped + plain);
    }

    [Fact]
    public void Next_WithoutFlip_MirrorsNothing()
    {
        using var loader = Open(batchSize: 7);
        using var batch = loader.Next();

        for (var i = 0; i < 7; i++)
            Assert.True(batch.Pixels[(16 * i) + 1] < batch.Pixels[(16 * i) + 2]);
    }

    [Fact]
    public void IsFlipped_OverManyImages_IsAFairCoin()
    {
        var heads = Enumerable.Range(0, 10_000).Count(index => BatchLoader.IsFlipped(3, 9, index));

        // Four standard deviations of a fair coin.
        Assert.InRange(heads, 4_800, 5_200);
    }

    [Fact]
    public void Next_BatchesDisposed_UsesTheSameBuffersAgain()
    {
        using var loader = Open(batchSize: 2);
        var arrays = new HashSet<byte[]>(ReferenceEqualityComparer.Instance);
        for (var step = 0; step < 200; step++)
        {
            using var batch = loader.Next();
            arrays.Add(batch.Pixels);
            batch.Dispose();
        }

        // Two wait, one is being filled, one is held.
        Assert.InRange(arrays.Count, 1, 4);
    }

    [Fact]
    public void Next_BatchHeld_IsNotOverwritten()
    {
        using var loader = Open(batchSize: 2);
        var held = loader.Next();
        var copy = held.Pixels.ToArray();
        for (var step = 0; step < 20; step++)
            loader.Next().Dispose();

        Assert.Equal(copy, held.Pixels);
    }

    [Fact]
    public void Dispose_WhileTheThreadWaits_ReturnsAndEndsTheStream()
    {
        var loader = Open(batchSize: 2);
        loader.Next().Dispose();
        loader.Dispose();
        loader.Dispose();

        Assert.Throws<ObjectDisposedException>(() => loader.Next());
    }

    [Fact]
    public void Dispose_DatasetFirst_DoesNotCrash()
    {
        using var own = PackedDataset.Open(folder["x.atl"]);
        using var loader = new BatchLoader(own.Split("train"),
            new LoaderOptions { BatchSize = 3, Cursor = new DataCursor(1) });
        own.Dispose();

        for (var step = 0; step < 10; step++)
            loader.Next().Dispose();
    }

    [Fact]
    public void Next_Cancelled_Throws()
    {
        using var loader = Open(batchSize: 2);
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            for (var step = 0; step < 1_000_000; step++)
                loader.Next(stop.Token).Dispose();
        });
    }

    [Fact]
    public void Next_SeveralProcesses_TogetherSeeTheBatchOfOne()
    {
        using var one = Open(batchSize: 4, flip: true);
        using var left = Open(batchSize: 2, flip: true, worldSize: 2, rank: 0);
        using var right = Open(batchSize: 2, flip: true, worldSize: 2, rank: 1);
        for (var step = 0; step < 10; step++)
        {
            using var whole = one.Next();
            using var first = left.Next();
            using var second = right.Next();

            Assert.Equal(whole.Pixels, first.Pixels.Concat(second.Pixels));
            Assert.Equal(whole.Labels, first.Labels.Concat(second.Labels));
            Assert.Equal(whole.Cursor, second.Cursor);
        }
    }

    private BatchLoader Open(int batchSize, bool flip = false, string splitName = "train", int worldSize = 1,
        int rank = 0)
        => new(dataset.Split(splitName), new LoaderOptions
        {
            BatchSize = batchSize,
            Cursor = new DataCursor(5),
            HorizontalFlip = flip,
            WorldSize = worldSize,
            Rank = rank,
        });

    private List<(string Pixels, string Labels, DataCursor Cursor)> Take(DataCursor cursor, int batches)
    {
        using var loader = new BatchLoader(dataset.Split("train"),
            new LoaderOptions { BatchSize = 5, Cursor = cursor, HorizontalFlip = true });
        var result = new List<(string, string, DataCursor)>();
        for (var i = 0; i < batches; i++)
        {
            using var batch = loader.Next();
            result.Add((Convert.ToHexString(batch.Pixels), string.Join(',', batch.Labels), batch.Cursor));
        }

        return result;
    }
}
