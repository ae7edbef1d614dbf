using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Metrics.Tests;

public sealed class FrechetBootstrapTests : TensorTest
{
    // numpy and scipy, float64, 2,000 exact replicates of the dense case.
    private const double Distance = 3.651305965765914;
    private const double ExactDeviation = 0.16574801960768606;

    [Fact]
    public void Of_OneDimension_EqualsTheClosedForm()
    {
        float[] real = [0, 1, 2, 5];
        float[] fake = [3, 4, 8];
        var (realMoments, fakeMoments) = (Numbers.Moments(real, 1), Numbers.Moments(fake, 1));

        var influences = FrechetInfluence.Of(realMoments, fakeMoments, Tensor.FromArray<float>(fake, 3, 1));

        // (m - m1)^2 + (s - s1)^2: 2 (m - m1) y + N / (N - 1) (1 - s1 / s) y^2, less the mean.
        var ratio = Math.Sqrt(realMoments.Covariance[0] / fakeMoments.Covariance[0]);
        var raw = fake
            .Select(x => (2 * (5 - 2.0) * (x - 5)) + (1.5 * (1 - ratio) * (x - 5) * (x - 5))).ToArray();
        for (var n = 0; n < 3; n++) Assert.Equal(raw[n] - raw.Average(), influences[n], 1e-12);
    }

    [Fact]
    public void Of_StoredFeatures_IsTheDerivativeByTheWeights()
    {
        var (real, fake) = Golden.Features("dense");

        var influences = FrechetInfluence.Of(Moments(real), Moments(fake), fake);

        // Central differences of the distance of weighted samples, step 1e-4, numpy.
        Assert.Equal(-2.9772025555985238, influences[0], 1e-6);
        Assert.Equal(-0.37119491480552824, influences[17], 1e-6);
        Assert.Equal(0.799785695448918, influences[999], 1e-6);
        Assert.Equal(0, influences.Sum(), 1e-9);
    }

    [Fact]
    public void Compute_OfStoredFeatures_HasTheDeviationOfExactReplicates()
    {
        var (real, fake) = Golden.Features("dense");

        var found = FrechetBootstrap.Compute(Moments(real), fake, 1000, 0.95, seed: 3);
        var again = FrechetBootstrap.Compute(Moments(real), fake, 1000, 0.95, seed: 3);

        Assert.Equal(found, again);
        Numbers.AssertRelative(Distance, found.Distance, 1e-9);
        // What is left out is of second order: it moves replicates by their bias, hardly apart.
        Numbers.AssertRelative(ExactDeviation, found.Deviation, 0.1);
        Assert.Equal(Distance - (1.96 * found.Deviation), found.Low, 0.2 * found.Deviation);
        Assert.Equal(Distance + (1.96 * found.Deviation), found.High, 0.2 * found.Deviation);
        Assert.NotEqual(found, FrechetBootstrap.Compute(Moments(real), fake, 1000, 0.95, seed: 4));
    }

    [Fact]
    public void Compute_OfFewerSamplesThanDimensions_IsFinite()
    {
        var (real, fake) = Golden.Features("wide");

        var found = FrechetBootstrap.Compute(Moments(real), fake, 100, 0.9, seed: 0);

        Assert.True(found.Low < found.Distance && found.Distance < found.High);
        Assert.True(double.IsFinite(found.Deviation));
    }

    [Theory]
    [InlineData(10, 0.95)]
    [InlineData(100, 1)]
    public void Compute_WithUnusableParameters_IsRefused(int replicates, double level)
    {
        var (real, fake) = Golden.Features("dense");
        var moments = Moments(real);

        Assert.Equal(
            FailureKind.Usage,
            Assert.Throws<AtelierException>(
                () => FrechetBootstrap.Compute(moments, fake, replicates, level, 0)).Kind);
    }

    private static FeatureMoments Moments(Tensor features)
    {
        var statistics = new FeatureStatistics((int)features.Size(1));
        statistics.Add(features);
        return statistics.ToMoments();
    }
}
