namespace Atelier.Nn.Tests;

public sealed class ResamplingTests : NnTest
{
    [Fact]
    public void UpsampleNearest2x_OfARow_RepeatsEveryPixelInBothDirections()
    {
        var result = Resampling.UpsampleNearest2x(Of([1, 2, 3], 1, 1, 1, 3));

        Assert.Equal([1, 1, 2, 6], result.Shape);
        AssertClose([1, 1, 2, 2, 3, 3, 1, 1, 2, 2, 3, 3], result, 0);
    }

    [Fact]
    public void AveragePool2x_OfTwoSquares_IsTheMeanOfEach()
    {
        var result = Resampling.AveragePool2x(Of([1, 2, 10, 20, 3, 6, 30, -20], 1, 1, 2, 4));

        Assert.Equal([1, 1, 1, 2], result.Shape);
        AssertClose([3, 10], result, 0);
    }

    [Fact]
    public void AveragePool2x_OfAnEnlargedImage_IsThatImage()
    {
        var image = Ramp(2, 3, 2, 1);

        Assert.Equal(0, MaxDifference(image, Resampling.AveragePool2x(Resampling.UpsampleNearest2x(image))));
    }
}
