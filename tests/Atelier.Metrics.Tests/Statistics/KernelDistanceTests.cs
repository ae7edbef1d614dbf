using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Metrics.Tests;

public sealed class KernelDistanceTests : TensorTest
{
    [Theory]
    [InlineData("dense", 1.3672418461779081)]
    [InlineData("wide", 0.6848175581945277)]
    [InlineData("offset", 469.42735021368094)]
    public void Unbiased_OfStoredFeatures_EqualsTheReference(string name, double expected)
    {
        var (real, fake) = Golden.Features(name);

        Numbers.AssertRelative(expected, KernelDistance.Unbiased(real, fake), 1e-9);
    }

    [Fact]
    public void Unbiased_OfTwoPairs_EqualsTheClosedForm()
    {
        var real = Tensor.FromArray<double>([1, 0, 0, 2], 2, 2);
        var fake = Tensor.FromArray<double>([2, 2, -1, 0], 2, 2);

        // Kernels (x·y / 2 + 1)³: within the reals 1, within the fakes 0, between 8, 1/8, 27 and 1.
        var expected = 1 + 0 - (2 * (8 + 0.125 + 27 + 1) / 4);
        Assert.Equal(expected, KernelDistance.Unbiased(real, fake), 1e-12);
    }

    [Fact]
    public void OverSubsets_AsLargeAsTheSets_IsTheFullEstimate()
    {
        var (real, fake) = Golden.Features("wide");

        var (mean, deviation) = KernelDistance.OverSubsets(real, fake, subsets: 3, subsetSize: 1000, seed: 4);

        Numbers.AssertRelative(0.6848175581945277, mean, 1e-9);
        Assert.InRange(deviation, 0, 1e-9);
    }

    [Fact]
    public void OverSubsets_OfAQuarter_VariesAroundTheFullEstimateAndRepeats()
    {
        var (real, fake) = Golden.Features("dense");

        var first = KernelDistance.OverSubsets(real, fake, subsets: 20, subsetSize: 250, seed: 4);
        var again = KernelDistance.OverSubsets(real, fake, subsets: 20, subsetSize: 250, seed: 4);

        Assert.Equal(first, again);
        Assert.InRange(first.Deviation, 0.01, 0.5);
        // Four standard errors of the mean of twenty.
        Assert.Equal(1.3672418461779081, first.Mean, 4 * first.Deviation / Math.Sqrt(20));
    }

    [Fact]
    public void Unbiased_OfDifferentDimensions_IsRefused()
    {
        var (real, _) = Golden.Features("dense");
        var (_, fake) = Golden.Features("wide");

        var error = Assert.Throws<AtelierException>(() => KernelDistance.Unbiased(real, fake));

        Assert.Equal(FailureKind.Dataset, error.Kind);
        Assert.Contains("[1200, 48]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unbiased_OfOneSample_IsRefused()
    {
        var one = Tensor.FromArray<double>([1, 2], 1, 2);
        var two = Tensor.FromArray<double>([1, 2, 3, 4], 2, 2);

        Assert.Equal(
            FailureKind.Dataset,
            Assert.Throws<AtelierException>(() => KernelDistance.Unbiased(two, one)).Kind);
    }
}
