using System.Globalization;
using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Nn.Tests.Normalization;

public sealed class TopSingularValuesTests : TensorTest
{
    // Of the largest value; the Ritz values themselves stop moving at 1e-6.
    private const double Tolerance = 1e-4;

    public static TheoryData<string> Shapes => ["64x576", "96x40x3x3", "512x32", "200x200", "7x1000", "5x4"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Measure_OfGaussianWeights_AgreesWithTheFullDecomposition(string shape)
    {
        // The hard case: the largest values of a Gaussian matrix lie close together.
        var weight = Gaussian(Sizes(shape), 3);
        using var measured = new TopSingularValues(weight);

        AssertAgrees(weight, measured.Measure(weight));
    }

    [Fact]
    public void Measure_AfterTheWeightMoved_AgreesAgain()
    {
        var weight = Gaussian([48, 160], 5);
        using var measured = new TopSingularValues(weight);
        for (var look = 0; look < 6; look++)
        {
            AssertAgrees(weight, measured.Measure(weight));
            weight = weight + Gaussian([48, 160], (ulong)(10 + look)) * 0.2;
        }
    }

    [Fact]
    public void Measure_WhenADirectionOutsideTheBlockExplodes_SeesIt()
    {
        var weight = Gaussian([40, 90], 7);
        using var measured = new TopSingularValues(weight);
        var calm = measured.Measure(weight);
        var (u, _, v) = Aten.LinalgSvd(weight, fullMatrices: false);
        // The direction of the smallest value: the block is orthogonal to it.
        var spike = u.Narrow(1, 39, 1).Matmul(v.Narrow(0, 39, 1)) * (20 * calm[0]);

        AssertAgrees(weight + spike, measured.Measure(weight + spike));
    }

    [Fact]
    public void Measure_OfADiagonalWeight_GivesItsLargestEntriesInOrder()
    {
        var weight = Tensor.FromArray<float>([2, -11, 0.5f, 7, 3], 5).Diag();
        using var measured = new TopSingularValues(weight);

        Assert.Equal([11.0, 7.0, 3.0], measured.Measure(weight), (a, b) => Math.Abs(a - b) < 11 * Tolerance);
    }

    [Fact]
    public void Measure_OfAFlatSpectrum_GivesItsOneValue()
    {
        var weight = Aten.LinalgQr(Gaussian([60, 24], 9)).Q * 1.75;
        using var measured = new TopSingularValues(weight);

        foreach (var value in measured.Measure(weight)) Assert.InRange(value, 1.7499, 1.7501);
    }

    [Fact]
    public void Measure_OfOneRow_GivesItsLengthAndZeros()
    {
        var weight = Tensor.FromArray<float>([3, 0, -4, 12], 1, 4);
        using var measured = new TopSingularValues(weight);

        var values = measured.Measure(weight);

        Assert.InRange(values[0], 13 - 1e-3, 13 + 1e-3);
        Assert.Equal([0.0, 0.0], values[1..]);
    }

    [Theory]
    [InlineData(1e-30)]
    [InlineData(1e30)]
    public void Measure_OfExtremeScales_NeitherOverflowsNorVanishes(double scale)
    {
        var weight = Gaussian([12, 30], 2);
        using var measured = new TopSingularValues(weight);
        var expected = measured.Measure(weight);

        var actual = measured.Measure(weight * scale);

        for (var k = 0; k < 3; k++) Assert.InRange(actual[k] / scale / expected[k], 1 - 1e-5, 1 + 1e-5);
    }

    [Fact]
    public void Measure_OfZeroThenOfAWeight_IsZeroThenRight()
    {
        using var measured = new TopSingularValues(Tensor.Zeros([9, 20]));

        Assert.Equal([0.0, 0.0, 0.0], measured.Measure(Tensor.Zeros([9, 20])));
        var weight = Gaussian([9, 20], 4);
        AssertAgrees(weight, measured.Measure(weight));
    }

    [Fact]
    public void Measure_OfAWeightThatIsNotFinite_IsNaNAndHarmsNoLaterOne()
    {
        var weight = Gaussian([9, 20], 4);
        using var measured = new TopSingularValues(weight);

        Assert.All(measured.Measure(weight / 0.0), static v => Assert.True(double.IsNaN(v)));
        AssertAgrees(weight, measured.Measure(weight));
    }

    [Fact]
    public void Measure_WithTheStateOfAnother_GoesOnToTheLastBit()
    {
        var (first, second) = (Gaussian([30, 70], 6), Gaussian([30, 70], 8));
        using var straight = new TopSingularValues(first);
        using var resumed = new TopSingularValues(first);
        straight.Measure(first);
        resumed.State.CopyInPlace(straight.State);

        Assert.Equal(straight.Measure(second), resumed.Measure(second));
    }

    private static void AssertAgrees(Tensor weight, double[] actual)
    {
        var expected = Aten.LinalgSvdvals(weight.Flatten(1).To(DType.Float64)).ToArray<double>();
        for (var k = 0; k < TopSingularValues.Count; k++)
            Assert.InRange(Math.Abs(actual[k] - expected[k]) / expected[0], 0, Tolerance);
    }

    private static long[] Sizes(string shape) =>
        [.. shape.Split('x').Select(static s => long.Parse(s, CultureInfo.InvariantCulture))];

    private static Tensor Gaussian(long[] shape, ulong seed)
    {
        using var random = new Generator(Device.Cpu, seed);
        return Tensor.Randn(shape, random);
    }
}
