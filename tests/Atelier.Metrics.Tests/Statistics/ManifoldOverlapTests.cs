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
    public void Compute_OfExactTies_CountsBallsAsOpen()
    {
        // Reals on a line 1 apart, so with k = 1 every radius is 1; far from zero, where float32 products
        // know distances to about 60 only. The fakes stand at the same places but for the last.
        var real = Aten.Arange(0, 300, 1, DType.Float32).Reshape([-1, 1]) + 20_000.0;
        var fake = Aten.Cat([real.Narrow(0, 0, 299), Aten.Full([1, 1], 25_000, DType.Float32)]);

        var scores = ManifoldOverlap.Compute(real, fake, 1);

        // A fake at a real's place is in that real's ball, and exactly on the edge of the next ones.
        Assert.Equal(299 / 300.0, scores.Precision, 1e-14);
        Assert.Equal(299 / 300.0, scores.Density, 1e-14);
        Assert.Equal(299 / 300.0, scores.Coverage, 1e-14);
        // The ball of the last fake is wide open (4,702 to its nearest), but the last real is 4,701 away.
        Assert.Equal(1, scores.Recall, 1e-14);
    }

    [Fact]
    public void Compute_OfTiesThatProductsCannotTellApart_EqualsTheDefinition()
    {
        const int Count = 150;
        const int Dimension = 48;
        var real = FarGroups.Rows(Count, Dimension, seed: 3);
        var fake = FarGroups.Rows(Count, Dimension, seed: 4);

        var scores = ManifoldOverlap.Compute(
            Tensor.FromArray<float>(real, Count, Dimension),
            Tensor.FromArray<float>(fake, Count, Dimension), 3);

        var realRadii = Enumerable.Range(0, Count).Select(n => Radius(real, n)).ToArray();
        var fakeRadii = Enumerable.Range(0, Count).Select(n => Radius(fake, n)).ToArray();
        var inside = new int[Count];
        var (covered, recalled) = (0, 0);
        for (var n = 0; n < Count; n++)
        {
            var distances = Distances(real, n, fake);
            for (var m = 0; m < Count; m++)
                if (distances[m] < realRadii[n])
                    inside[m]++;
            if (distances.Any(distance => distance < realRadii[n])) covered++;
            if (distances.Where((distance, m) => distance < fakeRadii[m]).Any()) recalled++;
        }

        // Some are inside and some are out, or the test could not tell.
        Assert.InRange(covered, 10, Count - 10);
        Assert.Equal(inside.Count(static balls => balls > 0) / (double)Count, scores.Precision, 1e-14);
        Assert.Equal(inside.Sum() / (3.0 * Count), scores.Density, 1e-14);
        Assert.Equal(covered / (double)Count, scores.Coverage, 1e-14);
        Assert.Equal(recalled / (double)Count, scores.Recall, 1e-14);

        static double Radius(float[] rows, int sample) => Distances(rows, sample, rows).Order().ElementAt(3);

        static double[] Distances(float[] rows, int sample, float[] others) =>
        [
            .. Enumerable.Range(0, Count).Select(m => Enumerable.Range(0, Dimension).Sum(k => Math.Pow(
                (double)rows[(sample * Dimension) + k] - others[(m * Dimension) + k], 2))),
        ];
    }

    [Fact]
    public void Compute_OfACollapsedSet_IsTheDefinitionToo()
    {
        // All fakes are one image: their radii are 0 and no real one lies in an open ball of radius 0.
        var real = Tensor.FromArray<float>(Numbers.Rows(400, 6, seed: 8), 400, 6);
        var fake = real.Narrow(0, 17, 1).Expand([2500, 6]);

        var scores = ManifoldOverlap.Compute(real, fake, 3);

        Assert.Equal(1, scores.Precision);
        Assert.Equal(0, scores.Recall);
        // The real sample itself and those that have it among their 3 nearest.
        Assert.InRange(scores.Coverage, 1 / 400.0, 20 / 400.0);
        Assert.Equal(scores.Coverage * 400 / 3, scores.Density, 1e-12);
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
