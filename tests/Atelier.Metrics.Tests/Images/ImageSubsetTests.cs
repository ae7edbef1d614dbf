namespace Atelier.Metrics.Tests;

public sealed class ImageSubsetTests
{
    private readonly MadeImages images = new(23, seed: 8);

    [Fact]
    public void OfClass_HoldsTheImagesOfThatClassInOrder()
    {
        var some = ImageSubset.OfClass(images, 2);

        // Every fifth image is of class 2.
        Assert.Equal([4, 9, 14, 19], Enumerable.Range(0, some.Count).Select(some.Origin));
        Assert.All(Enumerable.Range(0, some.Count), k => Assert.Equal(2, some.Label(k)));
        var (copied, original) = (new byte[2 * 144], new byte[2 * 144]);
        some.CopyImages([3, 1], copied);
        images.CopyImages([19, 9], original);
        Assert.Equal(original, copied);
    }

    [Fact]
    public void ContentHash_TellsTheClassesApart() => Assert.NotEqual(
        ImageSubset.OfClass(images, 0).ContentHash, ImageSubset.OfClass(images, 1).ContentHash);

    [Fact]
    public void ByLot_TakesEachImageAtMostOnceAndTheSameAgain()
    {
        var some = ImageSubset.ByLot(images, 10, seed: 4);

        var origins = Enumerable.Range(0, some.Count).Select(some.Origin).ToList();
        Assert.Equal(10, origins.Distinct().Count());
        Assert.NotEqual(origins.Order(), origins);
        var again = ImageSubset.ByLot(images, 10, seed: 4);
        Assert.Equal(origins, Enumerable.Range(0, again.Count).Select(again.Origin));
    }

    [Fact]
    public void ByLot_OfMoreThanThereAre_TakesAll() =>
        Assert.Equal(23, ImageSubset.ByLot(images, 99, seed: 4).Count);
}
