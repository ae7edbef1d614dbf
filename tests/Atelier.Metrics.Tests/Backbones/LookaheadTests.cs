using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Metrics.Tests;

public sealed class LookaheadTests : TensorTest
{
    [Fact]
    public void Pull_Twice_EqualsTheFormula()
    {
        using var module = new Pair();
        using var lookahead = new Lookahead(module);

        Set(module, 5, 12);
        lookahead.Pull(0.25);
        // slow = 0.25 (2, 4) + 0.75 (5, 12)
        AssertClose([4.25, 10], module.Weight, 1e-6);

        Set(module, 8.25f, -6);
        lookahead.Pull(1);
        AssertClose([4.25, 10], module.Weight, 1e-6);
    }

    [Theory]
    [InlineData(50, 0.7737809375 / 8)]
    [InlineData(99, 0.7737809375 * 0.970299)]
    [InlineData(100, 1)]
    public void Share_OverTheSteps_GrowsWithTheCube(long step, double expected) =>
        Assert.Equal(expected, Lookahead.Share(step, 100), 1e-12);

    private static void Set(Pair module, float first, float second)
    {
        using var noGrad = new NoGradScope();
        module.Weight.CopyInPlace(Tensor.FromArray<float>([first, second], 2));
    }

    private sealed class Pair : Nn.Module
    {
        public Pair() => Weight = Parameter("weight", Tensor.FromArray<float>([2, 4], 2));

        public Tensor Weight { get; }
    }
}
