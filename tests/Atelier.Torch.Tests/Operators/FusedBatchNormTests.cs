namespace Atelier.Torch.Tests;

/// <summary>
/// BatchNorm and ReLU in one operator against the steps it joins, taken in float64.
/// </summary>
public sealed class FusedBatchNormTests : FusedTest
{
    private const double Momentum = 0.1;
    private const double Epsilon = 1e-3;

    // Errors are measured against the largest element; the result has a handful of roundings of 6e-8 each.
    private const double Rounding = 1e-6;

    // Gradients take sums over all pixels away from each other.
    private const double LongSums = 5e-6;

    private readonly Generator random = new(Device.Cpu, 13);

    public static TheoryData<bool, bool, int, int, int, int> Shapes => new()
    {
        // training, gain for each image, N, C, H, W.
        { true, true, 3, 16, 2, 5 }, { true, false, 4, 48, 7, 3 }, { true, true, 2, 32, 16, 12 },
        { true, true, 5, 16, 1, 1 }, { false, true, 3, 16, 2, 5 }, { false, false, 1, 32, 4, 4 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ValuesAndGradients_AreThoseOfTheSteps(
        bool training, bool perImage, int n, int c, int h, int w)
    {
        Tensor[] fast = [.. Leaves(Operands(perImage, n, c, h, w))];
        Tensor[] exact = [.. Leaves([.. fast.Select(Exact)])];
        var (mean, variance) = Running(c);

        var steps = Steps(exact, Exact(mean), Exact(variance), training);
        var output = Run(fast, mean, variance, training);
        var factor = Tensor.Randn(output.Shape, random);
        var expected = Autograd.Grad([steps], exact, [Exact(factor)]);
        var found = Autograd.Grad([output], fast, [factor]);

        AssertNear(steps, output, Rounding);
        for (var k = 0; k < 3; k++) AssertNear(expected[k]!, found[k]!, LongSums);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void BFloat16Pictures_AreNormalizedInFloat32(
        bool training, bool perImage, int n, int c, int h, int w)
    {
        var operands = Operands(perImage, n, c, h, w);
        Tensor[] fast = [.. Leaves([operands[0].To(DType.BFloat16), .. operands[1..]])];
        Tensor[] exact = [.. Leaves([.. fast.Select(Exact)])];
        var (mean, variance) = Running(c);

        var steps = Steps(exact, Exact(mean), Exact(variance), training);
        var output = Run(fast, mean, variance, training);
        var factor = Tensor.Randn(output.Shape, random).To(DType.BFloat16);
        var expected = Autograd.Grad([steps], exact, [Exact(factor)]);
        var found = Autograd.Grad([output], fast, [factor]);

        // What is stored is rounded once to eight bits; what is summed is not.
        Assert.Equal(DType.BFloat16, output.DType);
        AssertNear(steps, output, Math.Pow(2, -8) + Rounding);
        AssertNear(expected[0]!, found[0]!, Math.Pow(2, -8) + LongSums);
        for (var k = 1; k < 3; k++) AssertNear(expected[k]!, found[k]!, LongSums);
    }

    [Fact]
    public void RunningStatistics_FollowTheBatchInTraining()
    {
        var operands = Operands(true, 3, 16, 4, 5);
        var (mean, variance) = Running(16);
        var (exactMean, exactVariance) = (Exact(mean), Exact(variance));

        Run(operands, mean, variance, true);

        Steps([.. operands.Select(Exact)], exactMean, exactVariance, true);
        AssertNear(exactMean, mean, Rounding);
        AssertNear(exactVariance, variance, Rounding);
    }

    [Fact]
    public void RunningStatistics_StayInEvaluation()
    {
        var (mean, variance) = Running(16);
        var (before, spreadBefore) = (mean.Clone(), variance.Clone());

        Run(Operands(true, 3, 16, 4, 5), mean, variance, false);

        Assert.Equal(0, MaxDifference(before, mean));
        Assert.Equal(0, MaxDifference(spreadBefore, variance));
    }

    [Fact]
    public void Groups_AreBatchesOfTheirOwn_OneAfterAnother()
    {
        var operands = Operands(true, 6, 16, 4, 5);
        var (mean, variance) = Running(16);
        var (meanOfParts, varianceOfParts) = (mean.Clone(), variance.Clone());

        var whole = Run(operands, mean, variance, true, groups: 2);

        var parts = Enumerable.Range(0, 2).Select(g => Run(
            [.. operands.Select(o => o.Narrow(0, 3 * g, 3))], meanOfParts, varianceOfParts, true));
        Assert.Equal(0, MaxDifference(Aten.Cat([.. parts]), whole));
        Assert.Equal(0, MaxDifference(meanOfParts, mean));
        Assert.Equal(0, MaxDifference(varianceOfParts, variance));
    }

    [Fact]
    public void GradientsOfGroups_AreThoseOfTheParts()
    {
        var operands = Leaves(Operands(true, 6, 16, 4, 5));
        var factor = Tensor.Randn([6, 16, 4, 5], random);

        var whole = Autograd.Grad([Run(operands, null, null, true, groups: 2)], operands, [factor]);

        var parts = Aten.Cat([.. Enumerable.Range(0, 2).Select(g => Run(
            [.. operands.Select(o => o.Narrow(0, 3 * g, 3))], null, null, true))]);
        var expected = Autograd.Grad([parts], operands, [factor]);
        for (var k = 0; k < 3; k++) Assert.Equal(0, MaxDifference(expected[k]!, whole[k]!));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void GradientsOfTheGradient_AreThoseOfTheSteps(bool training)
    {
        Tensor[] fast = [.. Leaves(Operands(true, 3, 16, 4, 2))];
        Tensor[] exact = [.. Leaves([.. fast.Select(Exact)])];
        var (mean, variance) = Running(16);

        var expected = Twice(Steps(exact, Exact(mean), Exact(variance), training), exact);
        var found = Twice(Run(fast, mean, variance, training), fast);

        for (var k = 0; k < 3; k++) AssertNear(expected[k], found[k], 10 * LongSums);
    }

    [Fact]
    public void AMeanFarFromZero_KeepsItsDigits()
    {
        var input = Tensor.Randn([4, 16, 8, 8], random) + 1000;
        Tensor[] operands = [input, Tensor.Ones([16]), Tensor.Zeros([16])];

        var output = Run(operands, null, null, true);

        // The input itself has steps of 6e-5 there, and the mean is a float32 number too.
        AssertNear(Steps([.. operands.Select(Exact)], null, null, true), output, 3e-4);
    }

    [Fact]
    public void ChannelsThatFillNoPanel_AreTakenByTheDefinition()
    {
        Tensor[] fast = [.. Leaves(Operands(true, 3, 20, 4, 5))];
        Tensor[] exact = [.. Leaves([.. fast.Select(Exact)])];

        var expected = Autograd.Grad([Steps(exact, null, null, true).Square().Sum()], exact);
        var found = Autograd.Grad([Run(fast, null, null, true).Square().Sum()], fast);

        for (var k = 0; k < 3; k++) AssertNear(expected[k]!, found[k]!, LongSums);
    }

    [Fact]
    public void GroupsThatDoNotDivideTheImages_AreRefused()
    {
        var error = Assert.Throws<TorchException>(
            () => Run(Operands(false, 5, 16, 2, 2), null, null, true, groups: 2));

        Assert.Contains("5 images in 2 groups", error.Message, StringComparison.Ordinal);
    }

    private static Tensor Run(
        Tensor[] operands, Tensor? mean, Tensor? variance, bool training, int groups = 1) =>
        Fused.BatchNormRelu(
            operands[0], operands[1], operands[2], mean, variance, training, Momentum, Epsilon, groups);

    private static Tensor Steps(Tensor[] operands, Tensor? mean, Tensor? variance, bool training)
    {
        var normalized = Aten.BatchNorm(
            operands[0], null, null, mean, variance, training, Momentum, Epsilon, false);
        var shape = (long[])[operands[1].NumberOfElements / operands[0].Size(1), -1, 1, 1];
        return (normalized * operands[1].Reshape(shape) + operands[2].Reshape(shape)).Relu();
    }

    private (Tensor Mean, Tensor Variance) Running(int channels) =>
        (Tensor.Randn([channels], random), Tensor.Rand([channels], random) + 0.5);

    // An input with another mean in each channel; gains around 1.
    private Tensor[] Operands(bool perImage, int n, int c, int h, int w)
    {
        long[] shape = perImage ? [n, c] : [c];
        return
        [
            Tensor.Randn([n, c, h, w], random) * 2 + Tensor.Randn([1, c, 1, 1], random),
            Tensor.Randn(shape, random) * 0.5 + 1,
            Tensor.Randn(shape, random),
        ];
    }
}
