using Atelier.Torch;

namespace Atelier.Nn.Tests;

public sealed class LinearTests : NnTest
{
    [Fact]
    public void Forward_WithBias_IsXTimesWTransposedPlusB()
    {
        using var layer = new Linear(2, 3, null, Init());
        layer.Set("weight", 1, 2, 3, 4, 5, 6);
        layer.Set("bias", 0.5, -0.5, 10);

        var result = layer.Forward(Of([1, -1, 2, 0], 2, 2));

        AssertClose([-0.5, -1.5, 9, 2.5, 5.5, 20], result, Rounding);
    }

    [Fact]
    public void Forward_WithoutBias_HasTheWeightAlone()
    {
        using var layer = new Linear(2, 1, null, Init(), hasBias: false);
        layer.Set("weight", 3, -2);

        Assert.Equal(["weight"], layer.State().Select(static s => s.Name));
        AssertClose([-1], layer.Forward(Of([1, 2], 1, 2)), Rounding);
    }

    [Fact]
    public void Forward_WithSpectralNorm_DividesTheWeightButNotTheBias()
    {
        using var layer = new Linear(2, 2, new SpectralNormOptions(), Init());
        layer.Set("weight", 4, 0, 0, 1);
        layer.Set("bias", 0, 7);
        layer.Set("norm.u", 1, 0);

        var result = layer.Forward(Of([1, 2], 1, 2));

        AssertClose([1, 7.5], result, Rounding);
    }

    [Fact]
    public void Bias_OfANewLayer_IsZero()
    {
        using var layer = new Linear(3, 2, null, Init());

        Assert.Equal([0, 0], layer.Find("bias").Values());
    }

    [Fact]
    public void Gradient_WithSpectralNorm_ReachesTheStoredWeight()
    {
        using var layer = new Linear(2, 2, new SpectralNormOptions(), Init());

        Autograd.Backward(layer.Forward(Ramp(3, 2)).Square().Sum());

        Assert.Contains(layer.Find("weight").Grad!.Values(), static g => g != 0);
    }
}
