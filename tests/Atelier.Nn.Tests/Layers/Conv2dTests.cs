using Atelier.Torch;

namespace Atelier.Nn.Tests;

public sealed class Conv2dTests : NnTest
{
    [Fact]
    public void Forward_WithOneWeightAboveTheCentre_ShiftsTheImageDownAndPadsWithZeros()
    {
        using var layer = new Conv2d(1, 1, 3, null, Init());
        layer.Set("weight", 0, 2, 0, 0, 0, 0, 0, 0, 0);
        layer.Set("bias", 0.5);

        var result = layer.Forward(Of([1, 2, 3, 4, 5, 6], 1, 1, 2, 3));

        Assert.Equal([1, 1, 2, 3], result.Shape);
        AssertClose([0.5, 0.5, 0.5, 2.5, 4.5, 6.5], result, Rounding);
    }

    [Fact]
    public void Forward_WithKernelOne_MixesTheChannelsOfEveryPixel()
    {
        using var layer = new Conv2d(2, 1, 1, null, Init(), hasBias: false);
        layer.Set("weight", 10, -1);

        AssertClose([7, 16], layer.Forward(Of([1, 2, 3, 4], 1, 2, 1, 2)), Rounding);
    }

    [Fact]
    public void Forward_WithStrideTwo_HalvesTheSides()
    {
        using var layer = new Conv2d(1, 1, 1, null, Init(), hasBias: false, stride: 2);
        layer.Set("weight", 1);

        var result = layer.Forward(Of([1, 2, 3, 4, 5, 6, 7, 8], 1, 1, 2, 4));

        Assert.Equal([1, 1, 1, 2], result.Shape);
        AssertClose([1, 3], result, 0);
    }

    [Fact]
    public void Forward_WithSpectralNorm_EqualsThePlainLayerOverSigma()
    {
        using var plain = new Conv2d(2, 2, 3, null, Init(), hasBias: false);
        using var normed = new Conv2d(2, 2, 3, new SpectralNormOptions(), Init(), hasBias: false);
        double[] weight = ModuleState.Ramp(36);
        plain.Set("weight", weight);
        normed.Set("weight", weight);
        var input = Ramp(1, 2, 3, 4);
        var result = normed.Forward(input);

        var expected = plain.Forward(input) / normed.Find("norm.sigma").Item();

        Assert.InRange(MaxDifference(expected, result), 0, Rounding);
    }
    [Fact]
    public void ForwardThenAveragePool_EqualsTheTwoSteps_InValuesAndGradients()
    {
        using var random = new Generator(Device.Cpu, 3);
        using var layer = new Conv2d(
            3, 5, 3, new SpectralNormOptions(), new(WeightInitialization.Xavier, random));
        layer.Train(false);
        var input = Tensor.Randn([2, 3, 6, 8], random);
        input.RequiresGrad = true;
        var weight = layer.NamedParameters().Single(p => p.Name == "weight").Tensor;

        var fast = layer.ForwardThenAveragePool(input);
        var plain = Resampling.AveragePool2x(layer.Forward(input));
        var factor = Tensor.Randn(plain.Shape, random);
        var fastGrads = Autograd.Grad([(fast * factor).Sum()], [input, weight]);
        var plainGrads = Autograd.Grad([(plain * factor).Sum()], [input, weight]);

        // The same products, summed in another order in float32.
        Assert.InRange(MaxDifference(plain, fast), 0, 1e-5);
        Assert.InRange(MaxDifference(plainGrads[0]!, fastGrads[0]!), 0, 1e-5);
        Assert.InRange(MaxDifference(plainGrads[1]!, fastGrads[1]!), 0, 1e-4);
    }
}
