using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Metrics.Tests;

public sealed class NeighbourDistancesTests : TensorTest
{
    [Fact]
    public void WithinSquared_OverSeveralBlocks_EqualsTheFullMatrix()
    {
        // Two blocks and a bit, far from zero, so that products lose digits and bounds are needed.
        var rows = Numbers.Rows(2500, 7, seed: 3, shift: 400);

        var found = NeighbourDistances.WithinSquared(Tensor.FromArray<float>(rows, 2500, 7), 3);

        foreach (var n in new[] { 0, 1, 1999, 2047, 2048, 2499 })
            Assert.Equal(Distances(rows, rows, 7, n).Order().ElementAt(3), found[n], 1e-9);
    }

    [Fact]
    public void WithinSquared_WithCopies_CountsThemAtExactlyZero()
    {
        var rows = Numbers.Rows(40, 9, seed: 4, shift: -90);
        // Samples 5, 6 and 7 are one; 30 and 31 are one.
        foreach (var (from, to) in new[] { (5, 6), (5, 7), (30, 31) })
            rows.AsSpan(from * 9, 9).CopyTo(rows.AsSpan(to * 9, 9));

        var found = NeighbourDistances.WithinSquared(Tensor.FromArray<float>(rows, 40, 9), 2);

        Assert.Equal(0.0, found[5]);
        Assert.Equal(0.0, found[7]);
        Assert.True(found[30] > 0);
        Assert.Equal(Distances(rows, rows, 9, 30).Order().ElementAt(2), found[30], 1e-9);
    }

    [Fact]
    public void WithinSquared_WhereProductsRoundByMoreThanNeighboursAreApart_IsExact()
    {
        const int Count = 240;
        const int Dimension = 48;
        var rows = FarGroups.Rows(Count, Dimension, seed: 6);

        var found = NeighbourDistances.WithinSquared(Tensor.FromArray<float>(rows, Count, Dimension), 4);

        for (var n = 0; n < Count; n++)
            Assert.Equal(Distances(rows, rows, Dimension, n).Order().ElementAt(4), found[n]);
    }

    [Fact]
    public void BetweenSquared_OverSeveralBlocks_EqualsTheFullMatrix()
    {
        var rows = Numbers.Rows(4300, 5, seed: 1);
        var queries = Numbers.Rows(2100, 5, seed: 2);
        rows.AsSpan(4299 * 5, 5).CopyTo(queries.AsSpan(2099 * 5, 5));

        var found = NeighbourDistances.BetweenSquared(
            Tensor.FromArray<float>(queries, 2100, 5), Tensor.FromArray<float>(rows, 4300, 5));

        foreach (var n in new[] { 0, 2047, 2048, 2098 })
            Assert.Equal(Distances(queries, rows, 5, n).Min(), found[n], 1e-9);
        Assert.Equal(0.0, found[2099]);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(1e30f)]
    public void WithinSquared_OfAnUnusableNumber_NamesTheSample(float value)
    {
        var rows = Numbers.Rows(10, 3, seed: 1);
        rows[(7 * 3) + 1] = value;

        var error = Assert.Throws<AtelierException>(
            () => NeighbourDistances.WithinSquared(Tensor.FromArray<float>(rows, 10, 3), 2));

        Assert.Equal(FailureKind.Numeric, error.Kind);
        Assert.Contains("Feature 1 of sample 7", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithinSquared_AdvancesOnceABlockAndMayBeStopped()
    {
        var rows = Tensor.FromArray<float>(Numbers.Rows(2100, 2, seed: 1), 2100, 2);
        var blocks = 0;

        NeighbourDistances.WithinSquared(rows, 2, () => blocks++);

        Assert.Equal(3, blocks);
        Assert.Throws<OperationCanceledException>(() => NeighbourDistances.WithinSquared(
            rows, 2, static () => throw new OperationCanceledException()));
    }

    private static IEnumerable<double> Distances(float[] queries, float[] rows, int dimension, int query)
    {
        for (var n = 0; n < rows.Length / dimension; n++)
            yield return Enumerable.Range(0, dimension).Sum(k => Math.Pow(
                (double)queries[(query * dimension) + k] - rows[(n * dimension) + k], 2));
    }
}
