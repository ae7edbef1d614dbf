using Atelier.Torch;

namespace Atelier.Nn.Tests;

public sealed class InitializationContextTests : NnTest
{
    [Fact]
    public void Orthogonal_OfAWideMatrix_HasOrthonormalRows()
    {
        var weight = Init(WeightInitialization.Orthogonal).Weight([3, 5]);

        AssertClose(Identity(3), weight.Matmul(weight.T()), Rounding);
    }

    [Fact]
    public void Orthogonal_OfATallMatrix_HasOrthonormalColumns()
    {
        var weight = Init(WeightInitialization.Orthogonal).Weight([5, 3]);

        AssertClose(Identity(3), weight.T().Matmul(weight), Rounding);
    }

    [Fact]
    public void Orthogonal_OfAConvolution_HasOrthonormalRowsOnceFlattened()
    {
        var weight = Init(WeightInitialization.Orthogonal).Weight([4, 2, 3, 3]);

        Assert.Equal([4, 2, 3, 3], weight.Shape);
        Assert.True(weight.IsContiguous);
        var rows = weight.Flatten(1);
        AssertClose(Identity(4), rows.Matmul(rows.T()), Rounding);
    }

    [Fact]
    public void Orthogonal_OverManyDraws_HasNoPreferredSign()
    {
        // LAPACK's own Q has a first entry of one sign only; a fair coin is outside 30 to 70 of 100 once in
        // 25,000 tries.
        var init = Init(WeightInitialization.Orthogonal);

        var positive = Enumerable.Range(0, 100).Count(_ => init.Weight([3, 3]).Values()[0] > 0);

        Assert.InRange(positive, 30, 70);
    }

    [Fact]
    public void PartialIdentity_OfMoreOutputsThanInputs_HandsTheInputsOn()
    {
        var weight = Init(WeightInitialization.PartialIdentity).Weight([5, 2, 3, 3]);
        var input = Init(WeightInitialization.Normal).Weight([1, 2, 4, 6]);

        var output = Aten.Conv2d(input, weight, null, [1, 1], [1, 1]);

        Assert.Equal(input.Values(), output.Narrow(1, 0, 2).Values());
        // The others are drawn: none is 0, none beyond 1 / sqrt(2 * 9).
        var drawn = weight.Narrow(0, 2, 3).Abs();
        Assert.InRange(drawn.Max().Item(), 0.9 / Math.Sqrt(18), 1 / Math.Sqrt(18));
        Assert.True(drawn.Min().Item() > 0);
    }

    [Fact]
    public void PartialIdentity_OfFewerOutputsThanInputs_HandsOnTheFirst()
    {
        var weight = Init(WeightInitialization.PartialIdentity).Weight([2, 3, 3, 3]);
        var input = Init(WeightInitialization.Normal).Weight([1, 3, 4, 4]);

        var output = Aten.Conv2d(input, weight, null, [1, 1], [1, 1]);

        Assert.Equal(input.Narrow(1, 0, 2).Values(), output.Values());
    }

    [Fact]
    public void PartialIdentity_OfAMatrix_IsUniform()
    {
        var weight = Init(WeightInitialization.PartialIdentity).Weight([50, 40]);

        // The deviation of U(-b, b) is b / sqrt(3); of 2000 draws it is within 5 %.
        Assert.Equal(1 / Math.Sqrt(3 * 40), weight.Std().Item(), 0.05 / Math.Sqrt(3 * 40));
        Assert.InRange(weight.Abs().Max().Item(), 0.9 / Math.Sqrt(40), 1 / Math.Sqrt(40));
    }

    [Fact]
    public void Normal_OfManyWeights_HasMeanZeroAndDeviationTwoHundredths()
    {
        var weight = Init(WeightInitialization.Normal).Weight([200, 500]);

        // Standard errors with 100,000 draws: 6.3e-5 and 4.5e-5; five of them.
        Assert.InRange(weight.Mean().Item(), -3.2e-4, 3.2e-4);
        Assert.InRange(weight.Std().Item(), 0.02 - 2.3e-4, 0.02 + 2.3e-4);
    }

    [Theory]
    [InlineData(new long[] { 30, 70 }, 100)]
    [InlineData(new long[] { 30, 10, 3, 3 }, (10 + 30) * 9)]
    public void Xavier_OfManyWeights_FillsItsBound(long[] shape, double fans)
    {
        var bound = Math.Sqrt(6 / fans);

        var weight = Init(WeightInitialization.Xavier).Weight(shape);

        // With over 2,000 draws the extremes come within 1% of the bound.
        Assert.InRange(weight.Max().Item(), 0.99 * bound, bound);
        Assert.InRange(weight.Min().Item(), -bound, -0.99 * bound);
    }

    [Fact]
    public void He_OfManyWeights_HasVarianceTwoOverFanIn()
    {
        var weight = Init(WeightInitialization.He).Weight([1000, 4, 3, 3]);

        // 36,000 draws: the deviation's standard error is 0.37%; five of them.
        var deviation = Math.Sqrt(2.0 / 36);
        Assert.InRange(weight.Std().Item(), 0.981 * deviation, 1.019 * deviation);
    }

    [Theory]
    [InlineData(WeightInitialization.Orthogonal)]
    [InlineData(WeightInitialization.Normal)]
    [InlineData(WeightInitialization.Xavier)]
    [InlineData(WeightInitialization.He)]
    public void Weight_FromTheSameSeed_IsTheSameAndFromTheNextIsNot(WeightInitialization kind)
    {
        var first = Init(kind, 5).Weight([3, 4]).ToArray<float>();

        Assert.Equal(first, Init(kind, 5).Weight([3, 4]).ToArray<float>());
        Assert.NotEqual(first, Init(kind, 6).Weight([3, 4]).ToArray<float>());
    }

    private static double[] Identity(int size) =>
        [.. Enumerable.Range(0, size * size).Select(k => k / size == k % size ? 1.0 : 0.0)];
}
