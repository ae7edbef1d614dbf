namespace Atelier.Torch.Tests;

/// <summary>
/// Autocast to bfloat16 on a processor that cannot multiply it: stored in bfloat16, computed in float32.
/// </summary>
public sealed class StoredBFloat16Tests : FusedTest
{
    // A result is rounded once to eight bits, the first of which is worth at most itself.
    private static readonly double Stored = Math.Pow(2, -8);

    private readonly Generator random = new(Device.Cpu, 17);

    [Fact]
    public void Products_AreSummedInFloat32()
    {
        SkipWhereItIsMultiplied();
        var ones = Tensor.Ones([1, 4096]);
        using var cast = new AutocastScope(DeviceType.Cpu, DType.BFloat16);

        var product = ones.Matmul(ones.Transpose(0, 1));

        // In bfloat16, 256 + 1 is 256.
        Assert.Equal((DType.BFloat16, 4096.0), (product.DType, product.Item()));
    }

    [Fact]
    public void AConvolution_KeepsItsWeightInFloat32()
    {
        SkipWhereItIsMultiplied();
        // Eight bits of 1 + 1/512 are 1, and nothing would be left of the difference.
        var weight = Aten.Cat([Tensor.Full([1, 1, 1, 1], 1 + (1 / 512.0)), Tensor.Full([1, 1, 1, 1], -1)], 1);
        var input = Tensor.Full([1, 2, 2, 2], 256);
        using var cast = new AutocastScope(DeviceType.Cpu, DType.BFloat16);

        var output = Aten.Conv2d(input, weight, null, [1, 1], [0, 0]);

        Assert.Equal((DType.BFloat16, 0.5), (output.DType, output.Max().Item()));
    }

    [Theory]
    [InlineData(3, 20, 1)]
    [InlineData(16, 24, 1)]
    [InlineData(5, 7, 3)]
    public void AConvolutionsGradients_AreThoseOfTheStoredNumbers(int inputs, int outputs, int side)
    {
        SkipWhereItIsMultiplied();
        Tensor[] operands =
        [
            Tensor.Randn([2, inputs, 6, 4], random).To(DType.BFloat16),
            Tensor.Randn([outputs, inputs, side, side], random),
            Tensor.Randn([outputs], random),
        ];
        Tensor[] exact = [.. Leaves([.. operands.Select(Exact)])];
        var expected = Run(exact, side);
        var factor = Tensor.Randn(expected.Shape, random).To(DType.BFloat16);
        var wanted = Autograd.Grad([expected], exact, [Exact(factor)]);
        using var cast = new AutocastScope(DeviceType.Cpu, DType.BFloat16);

        var output = Run(Leaves(operands), side);
        var found = Autograd.Grad([output], operands, [factor]);

        Assert.Equal(DType.BFloat16, output.DType);
        AssertNear(expected, output, Stored + 1e-6);
        AssertNear(wanted[0]!, found[0]!, Stored + 1e-6);
        AssertNear(wanted[1]!, found[1]!, 1e-6);
        AssertNear(wanted[2]!, found[2]!, 1e-6);
    }

    [Fact]
    public void GradientsOfTheGradient_AreThoseOfTheSteps()
    {
        SkipWhereItIsMultiplied();
        Tensor[] operands = [.. Leaves(
            Tensor.Randn([2, 3, 4, 6], random),
            Tensor.Randn([5, 3, 1, 1], random),
            Tensor.Randn([5], random))];
        Tensor[] exact = [.. Leaves([.. operands.Select(Exact)])];
        var expected = Twice(Run(exact, 1), exact);
        using var cast = new AutocastScope(DeviceType.Cpu, DType.BFloat16);

        var found = Twice(Run(operands, 1).To(DType.Float32), operands);

        // Input, output and the two gradients by the input are each stored once.
        for (var k = 0; k < 3; k++) AssertNear(expected[k], found[k], 6 * Stored);
    }

    [Fact]
    public void AConvolutionWithoutBias_HasTheOtherGradients()
    {
        SkipWhereItIsMultiplied();
        Tensor[] operands =
            [.. Leaves(Tensor.Ones([1, 3, 2, 2]), Tensor.Full([5, 3, 1, 1], 0.5))];
        using var cast = new AutocastScope(DeviceType.Cpu, DType.BFloat16);

        var output = Aten.Conv2d(operands[0], operands[1], null, [1, 1], [0, 0]);
        var found = Autograd.Grad([output.Sum()], operands);

        // Five outputs of half each, and four pixels of one.
        Assert.Equal((2.5, 4.0), (found[0]!.Max().Item(), found[1]!.Max().Item()));
    }

    private static Tensor Run(Tensor[] operands, int side) =>
        Aten.Conv2d(operands[0], operands[1], operands[2], [1, 1], [side / 2, side / 2]);

    private static void SkipWhereItIsMultiplied()
    {
        const string facts = "/proc/cpuinfo";
        var flags = File.Exists(facts) ? File.ReadAllText(facts) : "";
        Assert.SkipWhen(
            flags.Contains(" amx_bf16", StringComparison.Ordinal)
                || flags.Contains(" avx512_bf16", StringComparison.Ordinal),
            "This processor multiplies bfloat16.");
    }
}
