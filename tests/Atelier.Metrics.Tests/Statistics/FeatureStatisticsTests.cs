using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Metrics.Tests;

public sealed class FeatureStatisticsTests : TensorTest
{
    [Fact]
    public void Moments_OfThreeRows_EqualTheClosedForm()
    {
        var moments = Numbers.Moments([1, 10, 2, 20, 6, 60], 2);

        // Mean (3, 30), deviations (-2, -1, 3) and ten times that; divided by N - 1 = 2.
        Assert.Equal(3, moments.Count);
        Assert.Equal([3.0, 30.0], moments.Mean.ToArray());
        Assert.Equal([7.0, 70.0, 70.0, 700.0], moments.Covariance.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(512)]
    [InlineData(1300)]
    public void Moments_OfAnyBatchLength_AreEqualToTheLastBit(int batch)
    {
        const int count = 1300;
        const int dimension = 5;
        var rows = Numbers.Rows(count, dimension, seed: 1);
        var expected = Numbers.Moments(rows, dimension);

        var statistics = new FeatureStatistics(dimension);
        for (var start = 0; start < count; start += batch)
            statistics.Add(rows.AsSpan(start * dimension, Math.Min(batch, count - start) * dimension));
        var moments = statistics.ToMoments();

        Assert.Equal(expected.Mean.ToArray(), moments.Mean.ToArray());
        Assert.Equal(expected.Covariance.ToArray(), moments.Covariance.ToArray());
    }

    [Fact]
    public void Moments_OfManyBlocks_EqualTwoPassArithmetic()
    {
        const int count = 1100;
        const int dimension = 3;
        var rows = Numbers.Rows(count, dimension, seed: 2);

        var moments = Numbers.Moments(rows, dimension);

        for (var i = 0; i < dimension; i++)
        {
            var column = Enumerable.Range(0, count).Select(n => (double)rows[(n * dimension) + i]).ToArray();
            Numbers.AssertRelative(column.Average(), moments.Mean[i], 1e-13);
            for (var j = 0; j < dimension; j++)
            {
                var other =
                    Enumerable.Range(0, count).Select(n => (double)rows[(n * dimension) + j]).ToArray();
                var (meanI, meanJ) = (column.Average(), other.Average());
                var expected = column.Zip(other, (a, b) => (a - meanI) * (b - meanJ)).Sum() / (count - 1);
                Numbers.AssertRelative(expected, moments.Covariance[(i * dimension) + j], 1e-12);
            }
        }
    }

    [Fact]
    public void Moments_FarFromZero_KeepTheirDigits()
    {
        // A million plus {0, 1, 2, ...}: exact in float32, and E[x²] - E[x]² would lose all but four digits.
        var rows = Enumerable.Range(0, 600).Select(k => 1_000_000f + (k % 4)).ToArray();

        var moments = Numbers.Moments(rows, 1);

        Numbers.AssertRelative(1.25 * 600 / 599, moments.Covariance[0], 1e-12);
    }

    [Fact]
    public void ToMoments_InBetween_ChangesNothingLater()
    {
        var rows = Numbers.Rows(700, 4, seed: 3);
        var statistics = new FeatureStatistics(4);

        statistics.Add(rows.AsSpan(0, 4 * 300));
        _ = statistics.ToMoments();
        statistics.Add(rows.AsSpan(4 * 300));

        Assert.Equal(
            Numbers.Moments(rows, 4).Covariance.ToArray(), statistics.ToMoments().Covariance.ToArray());
    }

    [Fact]
    public void Add_OfATensor_EqualsAddOfItsElements()
    {
        var rows = Numbers.Rows(9, 4, seed: 4);
        var statistics = new FeatureStatistics(4);

        statistics.Add(Tensor.FromArray<float>(rows, 9, 4));

        Assert.Equal(
            Numbers.Moments(rows, 4).Covariance.ToArray(), statistics.ToMoments().Covariance.ToArray());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Add_OfAValueThatIsNotFinite_NamesSampleAndFeature(float value)
    {
        var statistics = new FeatureStatistics(3);
        statistics.Add([1, 2, 3]);

        var error = Assert.Throws<AtelierException>(() => statistics.Add([4, 5, 6, 7, value, 9]));

        Assert.Equal(FailureKind.Numeric, error.Kind);
        Assert.Contains("Feature 1 of sample 2 is", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_OfAnotherDimension_IsRefused()
    {
        var statistics = new FeatureStatistics(3);

        var fromTensor = Assert.Throws<AtelierException>(() => statistics.Add(Tensor.Zeros([2, 4])));
        var fromArray = Assert.Throws<AtelierException>(() => statistics.Add(new float[4]));

        Assert.Contains("[2, 4]", fromTensor.Message, StringComparison.Ordinal);
        Assert.Equal(FailureKind.Usage, fromArray.Kind);
    }

    [Fact]
    public void ToMoments_OfOneSample_IsRefused()
    {
        var error = Assert.Throws<AtelierException>(() => Numbers.Moments([1, 2], 2));

        Assert.Equal(FailureKind.Dataset, error.Kind);
    }
}
