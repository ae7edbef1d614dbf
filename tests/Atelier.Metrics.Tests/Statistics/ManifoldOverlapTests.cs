using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Metrics.Tests;

public sealed class ManifoldOverlapTests : TensorTest
{
    [Theory]
    [InlineData("dense", 5, 0.614, 0.8016666666666666, 0.5438, 0.7208333333333333)]
    [InlineData("dense", 3, 0.517, 0.66, 0.564, 0.5825)]
    [InlineData("wide", 5, 0.06153846153846154, 0.9733333333333334, 0.03461538461538462, 0.13666666666666666)]
    [InlineData("wide", 3, 0.046153846153846156, 0.92333333333333, 0.03461538461538462, 0.0833333333333333)]
    [InlineData("offset", 5, 0, 0, 0, 0)]
    public void Compute_OfStoredFeatures_EqualsTheReference(
        string name, int neighbours, double precision, double recall, double density, double coverage)
    {
        var (real, fake) = Golden.Features(name);

        var scores = ManifoldOverlap.Compute(real, fake, neighbours);

        Assert.Equal(precision, scores.Precision, 1e-14);
        Assert.Equal(recall, scores.Recall, 1e-14);
        Assert.Equal(density, scores.Density, 1e-14);
        Assert.Equal(coverage, scores.Coverage, 1e-14);
    }

    [Fact]
    public void Compute_OfMoreThanABlock_EqualsTheDefinition()
    {
        // On a line the k-th neighbour of evenly spaced points is known: 2500 reals at 0, 1, 2, …, and fakes
        // at 0.25, 3.25, 6.25, …: every fake lies within one of its two nearest reals, k = 1, radius 1.
        var real = Aten.Arange(0, 2500, 1, DType.Float64).Reshape([-1, 1]);
        var fake = Aten.Arange(0, 2200, 1, DType.Float64).Reshape([-1, 1]) * 3.0 + 0.25;

        var scores = ManifoldOverlap.Compute(real, fake, 1);

        // Fakes up to 2499.25 lie inside (the last ball is open at 2500); those up to 2498.x in two balls.
        Assert.Equal(834 / 2200.0, scores.Precision, 1e-12);
        Assert.Equal(1, scores.Recall, 1e-12);
        Assert.Equal(((833 * 2) + 1) / 2200.0, scores.Density, 1e-12);
        // The nearest fake is under 1 away from reals 3m and 3m + 1, not from 3m + 2.
        Assert.Equal(1667 / 2500.0, scores.Coverage, 1e-12);
    }

    [Fact]
    public void Compute_OfTooFewSamples_IsRefused()
    {
        var real = Tensor.FromArray<double>([1, 2, 3, 4], 4, 1);

        var error = Assert.Throws<AtelierException>(() => ManifoldOverlap.Compute(real, real, 4));

        Assert.Equal(FailureKind.Dataset, error.Kind);
        Assert.Contains("4 samples have no 4 neighbours", error.Message, StringComparison.Ordinal);
    }
}
