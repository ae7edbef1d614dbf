namespace Atelier.Torch.Tests;

/// <summary>
/// Attention a few rows of weights at a time against all of them at once, taken in float64.
/// </summary>
public sealed class FusedAttentionTests : FusedTest
{
    // Errors are measured against the largest element; softmax's exponential costs a few roundings more.
    private const double Rounding = 4e-6;

    private readonly Generator random = new(Device.Cpu, 19);

    // N, K, L, V, S: no whole panels, by the definition; one image, in two parts; depths around a panel's.
    public static TheoryData<int, int, int, int, int> Shapes => new()
    {
        { 2, 3, 5, 4, 7 }, { 1, 4, 121, 16, 48 }, { 3, 16, 49, 32, 16 }, { 2, 20, 64, 48, 1040 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void ValuesAndGradients_AreThoseOfTheSteps(int n, int k, int l, int v, int s)
    {
        Tensor[] fast = [.. Leaves(Operands(n, k, l, v, s))];
        Tensor[] exact = [.. Leaves([.. fast.Select(Exact)])];
        var output = Run(fast);
        var steps = Steps(exact);
        var factor = Tensor.Randn(output.Shape, random);

        var found = Autograd.Grad([output], fast, [factor]);
        var expected = Autograd.Grad([steps], exact, [Exact(factor)]);

        AssertNear(steps, output, Rounding);
        for (var i = 0; i < 3; i++) AssertNear(expected[i]!, found[i]!, Rounding);
    }

    [Fact]
    public void GradientsOfTheGradient_AreThoseOfTheSteps()
    {
        Tensor[] fast = [.. Leaves(Operands(2, 3, 5, 4, 7))];
        Tensor[] exact = [.. Leaves([.. fast.Select(Exact)])];

        var found = Twice(Run(fast), fast);
        var expected = Twice(Steps(exact), exact);

        for (var i = 0; i < 3; i++) AssertNear(expected[i], found[i], 2 * Rounding);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void UnderAutocast_ItsPictureIsBFloat16(int n, int k, int l, int v, int s)
    {
        var operands = Operands(n, k, l, v, s);
        using var cast = new AutocastScope(DeviceType.Cpu, DType.BFloat16);

        var output = Run([.. operands.Select(static o => o.To(DType.BFloat16))]);

        Assert.Equal(DType.BFloat16, output.DType);
        // Operands of size 3 are rounded to eight bits, and with them scores of up to 20, which stand in an
        // exponent.
        AssertNear(Steps([.. operands.Select(Exact)]), output, 0.05);
    }

    [Fact]
    public void ShapesThatDoNotMeet_AreRefused()
    {
        var error = Assert.Throws<TorchException>(
            () => Run([Tensor.Ones([2, 3, 5]), Tensor.Ones([2, 3, 7]), Tensor.Ones([2, 4, 6])]));

        Assert.Contains(
            "expected [N, K, L], [N, K, S] and [N, V, S]", error.Message, StringComparison.Ordinal);
    }

    private static Tensor Run(Tensor[] operands) => Fused.Attention(operands[0], operands[1], operands[2]);

    private static Tensor Steps(Tensor[] operands) =>
        operands[2].Bmm(operands[0].Transpose(1, 2).Bmm(operands[1]).Softmax(-1).Transpose(1, 2));

    private Tensor[] Operands(int n, int k, int l, int v, int s) =>
    [
        Tensor.Randn([n, k, l], random), Tensor.Randn([n, k, s], random), Tensor.Randn([n, v, s], random),
    ];
}
