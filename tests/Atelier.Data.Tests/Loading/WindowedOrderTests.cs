namespace Atelier.Data.Tests.Loading;

public sealed class WindowedOrderTests
{
    /// <summary>Runs of 16 images.</summary>
    private const int ImageBytes = 1 << 16;

    [Theory]
    [InlineData(1000, 64)]
    [InlineData(1000, 63)]
    [InlineData(1001, 70)]
    [InlineData(17, 16)]
    [InlineData(5, 5)]
    [InlineData(1, 1)]
    public void At_AnyEpoch_IsAPermutation(int count, int window)
    {
        var order = new WindowedOrder(count, 3, window, ImageBytes);
        for (var epoch = 0; epoch < 20; epoch++)
            Assert.Equal(Enumerable.Range(0, count), Epoch(order, epoch, count).Order());
    }

    [Fact]
    public void At_OneWindow_ReadsFewRuns()
    {
        // 160 images of a window lie in at most 160 / 16 + 1 runs, and one more where the short run is.
        var epoch = Epoch(new WindowedOrder(10_001, 3, 160, ImageBytes), 2, 10_001);

        Assert.All(epoch.Chunk(160), window => Assert.InRange(window.Select(i => i / 16).Distinct().Count(),
            1, 12));
    }

    [Fact]
    public void At_InsideAWindow_IsShuffledAndSoAreTheRuns()
    {
        var epoch = Epoch(new WindowedOrder(10_000, 3, 160, ImageBytes), 0, 10_000);

        // Of 10,000 neighbours in order, a full shuffle leaves 1 on average; this one few more.
        Assert.InRange(epoch.Zip(epoch.Skip(1)).Count(pair => pair.Second == pair.First + 1), 0, 160);
        var firsts = epoch.Chunk(160).Select(window => window.Average()).ToList();
        Assert.InRange(firsts.Zip(firsts.Skip(1)).Count(pair => pair.Second > pair.First), 15, 47);
    }

    [Fact]
    public void At_AnyPlaceFirst_DoesNotDependOnWhatWasAskedBefore()
    {
        var straight = new WindowedOrder(1000, 9, 100, ImageBytes);
        var expected = Enumerable.Range(0, 3).SelectMany(epoch => Epoch(straight, epoch, 1000)).ToList();
        var random = new Random(4);
        var jumping = new WindowedOrder(1000, 9, 100, ImageBytes);
        for (var k = 0; k < 300; k++)
        {
            var place = random.Next(3000);
            Assert.Equal(expected[place], jumping.At(place / 1000, place % 1000));
        }
    }

    [Fact]
    public void At_OtherSeedOrEpoch_HasAnotherOrder()
    {
        var order = new WindowedOrder(1000, 9, 100, ImageBytes);
        var first = Epoch(order, 0, 1000);

        Assert.NotEqual(first, Epoch(order, 1, 1000));
        Assert.NotEqual(first, Epoch(new WindowedOrder(1000, 10, 100, ImageBytes), 0, 1000));
    }

    [Fact]
    public void At_KnownSeed_GivesTheRecordedOrder()
    {
        // From an independent program in arbitrary-precision integers: 11 images in runs of 2, windows of 4.
        // Fixed for good, as that of the full shuffle is.
        Assert.Equal([5, 3, 4, 2, 9, 6, 8, 7, 1, 0, 10], Epoch(new WindowedOrder(11, 42, 4, 1 << 19), 1, 11));
    }

    private static List<int> Epoch(WindowedOrder order, long epoch, int count)
        => [.. Enumerable.Range(0, count).Select(position => order.At(epoch, position))];
}
