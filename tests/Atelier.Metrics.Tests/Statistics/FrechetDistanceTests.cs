using Atelier.Tests;

namespace Atelier.Metrics.Tests;

public sealed class FrechetDistanceTests : TensorTest
{
    [Fact]
    public void Compute_OfDiagonalCovariances_EqualsTheClosedForm()
    {
        var first = new FeatureMoments(100, [1, 2, 3], [4, 0, 0, 0, 9, 0, 0, 0, 0.25]);
        var second = new FeatureMoments(200, [0, 4, 3], [1, 0, 0, 0, 25, 0, 0, 0, 16]);

        var distance = FrechetDistance.Compute(first, second);

        // |m|² = 1 + 4; (2 - 1)² + (3 - 5)² + (0.5 - 4)².
        Numbers.AssertRelative(5 + 1 + 4 + 12.25, distance, 1e-14);
    }

    [Fact]
    public void Compute_OfCorrelatedPairs_EqualsTheClosedForm()
    {
        // Of 2 x 2 matrices: tr (AB)^(1/2) = sqrt(tr AB + 2 sqrt(det AB)).
        var first = new FeatureMoments(50, [0, 0], [5, 2, 2, 3]);
        var second = new FeatureMoments(50, [0, 0], [1, -0.5, -0.5, 4]);
        var trace = (5 * 1) + (2 * -0.5) + (2 * -0.5) + (3 * 4.0);
        var determinant = ((5 * 3) - (2 * 2.0)) * ((1 * 4) - 0.25);

        var distance = FrechetDistance.Compute(first, second);

        Numbers.AssertRelative(
            8 + 5 - (2 * Math.Sqrt(trace + (2 * Math.Sqrt(determinant)))), distance, 1e-13);
    }

    [Fact]
    public void Compute_OfTwoSamplesInFiveDimensions_EqualsTheClosedForm()
    {
        // m ± u has covariance 2 u u^T, so tr (S1 S2)^(1/2) = 2 |u·v|.
        float[] u = [1, 2, 0, 0, 3];
        float[] v = [2, -1, 1, 0, 1];
        float[] first = [.. u, .. u.Select(x => -x)];
        float[] second = [.. v.Select(x => x + 1), .. v.Select(x => 1 - x)];

        var distance = FrechetDistance.Compute(Numbers.Moments(first, 5), Numbers.Moments(second, 5));

        Numbers.AssertRelative(5 + (2 * 14) + (2 * 7) - (2 * 2 * 3), distance, 1e-13);
    }

    [Fact]
    public void Compute_OfStoredFeatures_EqualsTheReference()
    {
        var real = Numbers.Moments(Golden.Floats("offset_real.safetensors", "features"), 32);
        var fake = Numbers.Moments(Golden.Floats("offset_fake.safetensors", "features"), 32);

        Numbers.AssertRelative(125.44127194436624, FrechetDistance.Compute(real, fake), 1e-10);
        Numbers.AssertRelative(125.44127194436624, FrechetDistance.Compute(fake, real), 1e-10);
    }

    [Theory]
    [InlineData(400, 24)]
    [InlineData(30, 96)]
    public void Compute_OfASetWithItself_IsZero(int count, int dimension)
    {
        var moments = Numbers.Moments(Numbers.Rows(count, dimension, seed: 7, shift: 100), dimension);

        Assert.InRange(FrechetDistance.Compute(moments, moments), 0, 1e-9);
    }

    [Fact]
    public void Compute_OfConstantFeatures_IsTheDistanceOfTheMeansAndTheTrace()
    {
        var constant = new FeatureMoments(10, [1, 1], [0, 0, 0, 0]);
        var other = new FeatureMoments(10, [4, 5], [2, 0, 0, 1]);

        Assert.Equal(9 + 16 + 3, FrechetDistance.Compute(constant, other), 1e-12);
    }

    [Fact]
    public void Compute_OfDifferentDimensions_IsRefused()
    {
        var error = Assert.Throws<AtelierException>(() => FrechetDistance.Compute(
            new FeatureMoments(5, [1, 2], [1, 0, 0, 1]), new FeatureMoments(5, [1], [1])));

        Assert.Equal(FailureKind.Usage, error.Kind);
        Assert.Contains("2 features a sample and the other 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Moments_WithNan_AreRefused()
    {
        var error =
            Assert.Throws<AtelierException>(() => new FeatureMoments(5, [1, double.NaN], [1, 0, 0, 1]));

        Assert.Equal(FailureKind.Numeric, error.Kind);
    }
}
