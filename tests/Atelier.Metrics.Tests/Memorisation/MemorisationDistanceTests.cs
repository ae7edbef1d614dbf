using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Metrics.Tests;

public sealed class MemorisationDistanceTests : TensorTest
{
    [Fact]
    public void Compute_OfStoredFeatures_EqualsTheReference()
    {
        var (real, fake) = Golden.Features("dense");

        var scores = MemorisationDistance.Compute(real.Narrow(0, 0, 800), real.Narrow(0, 800, 400), fake);

        // numpy, float64; z from scipy.stats.mannwhitneyu, asymptotic, without continuity correction.
        Numbers.AssertRelative(0.13472013938325283, scores.Distance, 1e-12);
        Numbers.AssertRelative(0.13152603079681444, scores.HeldOutDistance, 1e-12);
        Numbers.AssertRelative(1.0242849918536108, scores.Ratio, 1e-12);
        Assert.Equal(0.017, scores.CopyShare, 1e-12);
        Numbers.AssertRelative(1.6667301201339957, scores.CopyingZ, 1e-9);
    }

    [Fact]
    public void Compute_OfCopies_IsExactlyZeroAndFound()
    {
        var (real, _) = Golden.Features("dense");
        var train = real.Narrow(0, 0, 800);
        // Twice as bright a copy has the same direction.
        var fake = train.Narrow(0, 100, 300) * 2.0;

        var scores = MemorisationDistance.Compute(train, real.Narrow(0, 800, 400), fake);

        Assert.Equal(0, scores.Distance, 1e-25);
        Assert.Equal(1, scores.CopyShare);
        Assert.True(scores.CopyingZ < -20);
    }

    [Fact]
    public void Compute_WithHeldOutImagesThatWereTrainedOn_IsRefused()
    {
        var (real, fake) = Golden.Features("dense");

        var error = Assert.Throws<AtelierException>(
            () => MemorisationDistance.Compute(real, real.Narrow(0, 5, 40), fake));

        Assert.Equal(FailureKind.Dataset, error.Kind);
        Assert.Contains("test split", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RankTest_WithTies_CountsThemHalf()
    {
        // Of 2 x 3 pairs: 1 < 2 no, 1 = 1 half, 1 < 3 no; 2 > 1 one, 2 = 2 half, 2 < 3 no. U = 2.
        var z = (2 - 3) / Math.Sqrt(2 * 3 * 6 / 12.0);
        Assert.Equal(z, MemorisationDistance.RankTest([1, 2], [1, 2, 3]), 1e-12);
    }

    [Fact]
    public void ToNearest_OfASampleOfZeros_IsHalf()
    {
        var rows = Tensor.FromArray<float>([1, 0, 0, 1], 2, 2);

        // No direction: |0 - b|^2 / 2.
        Assert.Equal([0.5], MemorisationDistance.ToNearest(Tensor.Zeros([1, 2]), rows));
    }
}
