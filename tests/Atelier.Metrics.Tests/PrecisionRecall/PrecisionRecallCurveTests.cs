using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Metrics.Tests;

public sealed class PrecisionRecallCurveTests : TensorTest
{
    private static readonly double[] Real = [0.1, 0.3, 0.2, 0.4];
    private static readonly double[] Fake = [0.5, 0.3, 0.2, 0];

    [Fact]
    public void Of_TwoDistributions_EqualsTheReference()
    {
        var curve = PrecisionRecallCurve.Of(Real, Fake, angles: 5);

        double[] precision = [6e-11, 0.2485281374590042, 0.6, 0.7414213562031673, 1];
        double[] recall = [0.6, 0.6, 0.6, 0.30710678121583684, 1e-10];
        for (var k = 0; k < 5; k++)
        {
            Assert.Equal(precision[k], curve.Precision[k], 1e-12);
            Assert.Equal(recall[k], curve.Recall[k], 1e-12);
        }
    }

    [Fact]
    public void LargestFScore_EqualsTheReference()
    {
        var curve = PrecisionRecallCurve.Of(Real, Fake);

        Assert.Equal(0.5999999999984615, curve.LargestFScore(8), 1e-12);
        Assert.Equal(0.9416558779434426, curve.LargestFScore(1.0 / 8), 1e-12);
    }

    [Fact]
    public void Compute_OfClustersThatAreApart_FindsThemInEveryRun()
    {
        // Four places far apart, in the shares of the two distributions; k-means must find them.
        var options = new PrecisionRecallOptions { Clusters = 4, Angles = 5, Runs = 3, Seed = 1 };

        var curve = FeaturePrecisionRecall.Compute(
            Places(Real, 3000, seed: 1), Places(Fake, 3000, seed: 2), options);

        Assert.Equal(0.6, curve.Precision[2], 1e-12);
        Assert.Equal(0.7414213562031673, curve.Precision[3], 1e-12);
        Assert.Equal(0.6, curve.Recall[1], 1e-12);
    }

    [Fact]
    public void Compute_Again_GivesTheSameBits()
    {
        var (real, fake) = Golden.Features("dense");
        var warnings = new List<string>();
        var options = new PrecisionRecallOptions { Runs = 2, Seed = 7 };

        var first = FeaturePrecisionRecall.Compute(real, fake, options, warnings.Add);
        var again = FeaturePrecisionRecall.Compute(real, fake, options);
        var other = FeaturePrecisionRecall.Compute(real, fake, options with { Seed = 8 });

        Assert.Equal(first.Precision, again.Precision);
        Assert.NotEqual(first.Precision, other.Precision);
        Assert.Contains("1000 generated and 1200 real", Assert.Single(warnings), StringComparison.Ordinal);
        Assert.InRange(first.LargestFScore(8), 0.5, 1);
    }

    [Fact]
    public void Compute_OfASetAndItself_IsPerfect()
    {
        var (real, _) = Golden.Features("dense");

        var curve = FeaturePrecisionRecall.Compute(real, real, new PrecisionRecallOptions { Runs = 2 });

        Assert.Equal(1, curve.LargestFScore(8), 1e-6);
        Assert.Equal(1, curve.LargestFScore(1.0 / 8), 1e-6);
    }

    [Fact]
    public void Compute_OfFewerSamplesThanClusters_IsRefused()
    {
        var few = Tensor.FromArray<float>(Numbers.Rows(10, 3, seed: 1), 10, 3);

        var error = Assert.Throws<AtelierException>(
            () => FeaturePrecisionRecall.Compute(few, few, new PrecisionRecallOptions()));

        Assert.Equal(FailureKind.Dataset, error.Kind);
    }

    private static Tensor Places(double[] shares, int count, int seed)
    {
        var random = new Random(seed);
        var rows = new float[count * 3];
        var place = 0;
        var limit = shares[0] * count;
        for (var n = 0; n < count; n++)
        {
            while (n >= limit - 1e-6) limit += shares[++place] * count;
            for (var k = 0; k < 3; k++)
            {
                var middle = k == place ? 100 : k == place - 3 ? -100 : 0;
                rows[(n * 3) + k] = (float)(middle + random.NextDouble());
            }
        }

        return Tensor.FromArray<float>(rows, count, 3);
    }
}
