using Atelier.Tests;

namespace Atelier.Metrics.Tests;

public sealed class NearestNeighboursTests : TensorTest
{
    private const int Dimension = 37;

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Of_RowsInUnevenChunks_EqualsBruteForce(int wanted)
    {
        var rows = Numbers.Rows(311, Dimension, 1);
        var queries = Numbers.Rows(6, Dimension, 2);
        var nearest = new NearestNeighbours(queries, Dimension, wanted);

        foreach (var (start, count) in ((int, int)[])[(0, 1), (1, 200), (201, 110)])
            nearest.Add(rows.AsSpan(start * Dimension, count * Dimension));

        for (var q = 0; q < 6; q++)
            Assert.Equal(BruteForce(queries, q, rows).Take(wanted), nearest.Of(q));
    }

    [Fact]
    public void Of_FarFromTheOrigin_LosesNoDigits()
    {
        // |q|^2 is 1e12 times the squared distances here: the product formula alone would find noise.
        var rows = Numbers.Rows(50, Dimension, 3).Select(v => 1e5f + v).ToArray();
        var queries = Numbers.Rows(3, Dimension, 4).Select(v => 1e5f + v).ToArray();
        var nearest = new NearestNeighbours(queries, Dimension, 4);

        nearest.Add(rows);

        for (var q = 0; q < 3; q++) Assert.Equal(BruteForce(queries, q, rows).Take(4), nearest.Of(q));
    }

    [Fact]
    public void Of_RowsAtOneDistance_TakesTheFirstAndZeroIsZero()
    {
        var nearest = new NearestNeighbours([1, 2], 2, 3);

        nearest.Add([4, 2, 1, 5]);
        nearest.Add([-2, 2, 1, 2]);

        Assert.Equal([new Neighbour(3, 0), new Neighbour(0, 3), new Neighbour(1, 3)], nearest.Of(0));
    }

    [Fact]
    public void Of_FewerRowsThanWanted_GivesThoseThereAre()
    {
        var nearest = new NearestNeighbours([0, 0], 2, 9);

        nearest.Add([3, 4]);

        Assert.Equal([new Neighbour(0, 5)], nearest.Of(0));
    }

    [Fact]
    public void Add_OfNaN_IsRefused()
    {
        var nearest = new NearestNeighbours([0, 0], 2, 1);

        Assert.Equal(
            FailureKind.Numeric,
            Assert.Throws<AtelierException>(() => nearest.Add([float.NaN, 0])).Kind);
    }

    [Fact]
    public void ByPixels_OfAnImageOfTheSet_FindsItAtZeroAndTheRestByBytes()
    {
        var images = new MadeImages(40, seed: 6, size: 18, height: 8);
        var query = new byte[144];
        images.CopyImages([23], query);

        var found = new NeighbourSearch(images).ByPixels(query, 2)[0];

        Assert.Equal(new Neighbour(23, 0), found[0]);
        var second = new byte[144];
        images.CopyImages([found[1].Index], second);
        Assert.Equal(
            Math.Sqrt(query.Zip(second, static (a, b) => (a - b) * (double)(a - b)).Sum()) / 255,
            found[1].Distance, 1e-12);
    }

    [Fact]
    public void ByFeatures_TheSecondTime_LooksAtTheQueriesOnly()
    {
        using var folder = new TemporaryFolder();
        var options = new MetricRunOptions { CacheFolder = folder.Path };
        var images = new MadeImages(130, seed: 7);
        var query = new byte[144];
        images.CopyImages([77], query);
        using var backbone = new LinearBackbone();

        var first = new NeighbourSearch(images, options).ByFeatures(backbone, query, 2)[0];
        var second = new NeighbourSearch(images, options).ByFeatures(backbone, query, 2)[0];

        Assert.Equal(first, second);
        Assert.Equal(77, second[0].Index);
        Assert.Equal(130 + 1 + 1, backbone.Images);
    }

    [Fact]
    public void ByFeatures_OfImagesOfTheSet_FindsThem()
    {
        var images = new MadeImages(130, seed: 7);
        var queries = new byte[3 * 144];
        images.CopyImages([129, 5, 64], queries);
        using var backbone = new LinearBackbone();

        var found = new NeighbourSearch(images).ByFeatures(backbone, queries, 1);

        Assert.Equal([129, 5, 64], found.Select(static f => f[0].Index));
    }

    private static List<Neighbour> BruteForce(float[] queries, int query, float[] rows) =>
    [
        .. Enumerable.Range(0, rows.Length / Dimension).Select(n =>
        {
            var sum = 0.0;
            for (var k = 0; k < Dimension; k++)
            {
                var difference = (double)queries[(query * Dimension) + k] - rows[(n * Dimension) + k];
                sum += difference * difference;
            }

            return new Neighbour(n, Math.Sqrt(sum));
        }).OrderBy(static n => n.Distance),
    ];
}
