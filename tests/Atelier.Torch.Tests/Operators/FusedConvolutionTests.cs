namespace Atelier.Torch.Tests;

/// <summary>
/// The fast 3x3 convolution against the steps it joins, taken in float64.
/// </summary>
public sealed class FusedConvolutionTests : FusedTest
{
    // Errors are measured against the largest element. Sums over 9 I products of float32, in another order
    // and with the transforms' additions, round a few times more often than the plain sums do.
    private const double Rounding = 4e-6;

    // Weight gradients are sums over all pixels of the batch besides.
    private const double LongSums = 5e-6;

    private readonly Generator random = new(Device.Cpu, 11);

    public static TheoryData<int, int, int, int, int, int> Shapes => new()
    {
        // resampling, N, I, O, H, W: one tile; odd counts of tiles; rectangles; more blocks than one.
        { 0, 1, 16, 16, 2, 2 }, { 0, 3, 16, 48, 6, 10 }, { 0, 2, 64, 32, 16, 12 }, { 0, 5, 128, 160, 8, 8 },
        { 1, 1, 16, 16, 1, 1 }, { 1, 3, 16, 48, 3, 5 }, { 1, 2, 64, 32, 8, 6 }, { 1, 5, 128, 160, 4, 4 },
        { -1, 1, 16, 16, 2, 2 }, { -1, 3, 16, 48, 6, 10 }, { -1, 2, 64, 32, 16, 12 },
        { -1, 5, 128, 160, 8, 8 },
        // One tile were it large; results that fill no panel, as the three channels of a picture.
        { 0, 1, 16, 16, 4, 4 }, { 1, 1, 16, 16, 2, 2 }, { -1, 1, 16, 16, 4, 4 },
        { 0, 2, 32, 3, 8, 4 }, { 1, 2, 16, 20, 2, 6 }, { -1, 2, 16, 1, 12, 8 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Values_AreThoseOfTheSteps(int resampling, int n, int i, int o, int h, int w)
    {
        var (input, weight, bias) = Operands(n, i, o, h, w);

        var output = Fused.Convolution3x3(input, weight, bias, resampling);

        AssertNear(Steps(Exact(input), Exact(weight), Exact(bias), resampling), output, Rounding);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Gradients_AreThoseOfTheSteps(int resampling, int n, int i, int o, int h, int w)
    {
        Tensor[] fast = [.. Leaves(Operands(n, i, o, h, w))];
        Tensor[] exact = [.. Leaves([.. fast.Select(Exact)])];
        var output = Fused.Convolution3x3(fast[0], fast[1], fast[2], resampling);
        var factor = Tensor.Randn(output.Shape, random);

        var found = Autograd.Grad([output], fast, [factor]);
        var expected = Autograd.Grad(
            [Steps(exact[0], exact[1], exact[2], resampling)], exact, [Exact(factor)]);

        AssertNear(expected[0]!, found[0]!, Rounding);
        AssertNear(expected[1]!, found[1]!, LongSums);
        AssertNear(expected[2]!, found[2]!, LongSums);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public void GradientsOfTheGradient_AreThoseOfTheSteps(int resampling)
    {
        Tensor[] fast = [.. Leaves(Operands(2, 16, 32, 4, 6))];
        Tensor[] exact = [.. Leaves([.. fast.Select(Exact)])];

        var found = Twice(Fused.Convolution3x3(fast[0], fast[1], fast[2], resampling).Tanh(), fast);
        var expected = Twice(Steps(exact[0], exact[1], exact[2], resampling).Tanh(), exact);

        for (var k = 0; k < 3; k++) AssertNear(expected[k], found[k], LongSums);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public void ChannelsThatFillNoPanel_AreTakenByTheDefinition(int resampling)
    {
        Tensor[] fast = [.. Leaves(Operands(2, 3, 20, 4, 6))];
        Tensor[] exact = [.. Leaves([.. fast.Select(Exact)])];
        var output = Fused.Convolution3x3(fast[0], fast[1], fast[2], resampling);
        var steps = Steps(exact[0], exact[1], exact[2], resampling);
        var factor = Tensor.Randn(output.Shape, random);

        AssertNear(steps, output, Rounding);
        var expected = Autograd.Grad([steps], exact, [Exact(factor)]);
        var found = Autograd.Grad([output], fast, [factor]);
        for (var k = 0; k < 3; k++) AssertNear(expected[k]!, found[k]!, LongSums);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void BFloat16Pictures_AreConvolvedInFloat32(int resampling, int n, int i, int o, int h, int w)
    {
        var (input, weight, bias) = Operands(n, i, o, h, w);
        Tensor[] fast = [.. Leaves(input.To(DType.BFloat16), weight, bias)];
        Tensor[] exact = [.. Leaves([.. fast.Select(Exact)])];
        var output = Fused.Convolution3x3(fast[0], fast[1], fast[2], resampling);
        var steps = Steps(exact[0], exact[1], exact[2], resampling);
        var factor = Tensor.Randn(output.Shape, random).To(DType.BFloat16);

        var found = Autograd.Grad([output], fast, [factor]);
        var expected = Autograd.Grad([steps], exact, [Exact(factor)]);

        // What is stored is rounded once to eight bits; what is summed is not.
        Assert.Equal((DType.BFloat16, DType.Float32), (output.DType, found[1]!.DType));
        AssertNear(steps, output, Math.Pow(2, -8) + Rounding);
        AssertNear(expected[0]!, found[0]!, Math.Pow(2, -8) + Rounding);
        AssertNear(expected[1]!, found[1]!, LongSums);
        AssertNear(expected[2]!, found[2]!, LongSums);
    }

    [Fact]
    public void OddSides_AreTakenByTheDefinition()
    {
        var (input, weight, bias) = Operands(2, 16, 32, 7, 5);

        AssertNear(
            Steps(Exact(input), Exact(weight), Exact(bias), 0), Fused.Convolution3x3(input, weight, bias),
            Rounding);
    }

    [Fact]
    public void AnInputInTheOtherLayout_GivesTheSame()
    {
        var (input, weight, _) = Operands(2, 16, 32, 4, 6);

        var output = Fused.Convolution3x3(input.Contiguous(MemoryFormat.ChannelsLast), weight);

        Assert.Equal(0, MaxDifference(Fused.Convolution3x3(input.Contiguous(), weight), output));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void UnderAutocast_TheJoinedFormsAreTheStepsInBFloat16(int resampling)
    {
        var (input, weight, bias) = Operands(2, 16, 32, 4, 6);
        using var cast = new AutocastScope(DeviceType.Cpu, DType.BFloat16);

        var output = Fused.Convolution3x3(input, weight, bias, resampling);

        Assert.Equal(DType.BFloat16, output.DType);
        // bfloat16 keeps 8 bits, and where the processor has no unit for it even the sums of 144 or more
        // products are kept in it: some hundred roundings of 2^-9 that partly cancel.
        AssertNear(Steps(Exact(input), Exact(weight), Exact(bias), resampling), output, 0.06);
    }

    [Fact]
    public void AWeightThatNeedsNoGradient_LeavesTheInputsGradient()
    {
        var (input, weight, bias) = Operands(2, 16, 32, 4, 6);
        input.RequiresGrad = true;

        Autograd.Backward(Fused.Convolution3x3(input, weight, bias).Sum());

        Assert.NotNull(input.Grad);
        Assert.Null(weight.Grad);
    }

    [Fact]
    public void AnUnknownResampling_IsRefused()
    {
        var (input, weight, _) = Operands(1, 16, 16, 2, 2);

        var error = Assert.Throws<TorchException>(() => Fused.Convolution3x3(input, weight, null, 2));

        Assert.Contains("resampling is 2", error.Message, StringComparison.Ordinal);
    }

    private static Tensor Steps(Tensor input, Tensor weight, Tensor bias, int resampling)
    {
        if (resampling == 1) input = input.UpsampleNearest2d([input.Size(2) * 2, input.Size(3) * 2]);
        var output = Aten.Conv2d(input, weight, bias, [1, 1], [1, 1]);
        return resampling == -1 ? output.AvgPool2d([2, 2]) : output;
    }

    private static Tensor[] Leaves((Tensor Input, Tensor Weight, Tensor Bias) operands) =>
        Leaves([operands.Input, operands.Weight, operands.Bias]);

    private (Tensor Input, Tensor Weight, Tensor Bias) Operands(int n, int i, int o, int h, int w) =>
    (
        Tensor.Randn([n, i, h, w], random),
        Tensor.Randn([o, i, 3, 3], random) / Math.Sqrt(9 * i),
        Tensor.Randn([o], random));
}
