using Atelier.Torch;

namespace Atelier.Nn.Tests;

public sealed class BatchNorm2dTests : NnTest
{
    [Fact]
    public void Forward_WithGainAndBias_ScalesAndShiftsEachChannel()
    {
        using var layer = new BatchNorm2d(2, 0);
        layer.Set("gain", 2, -3);
        layer.Set("bias", 0.5, 10);

        // Each channel is m ± d, so it normalises to ±1.
        var result = layer.Forward(Of([1, 3, -4, 6], 1, 2, 1, 2));

        AssertClose([-1.5, 2.5, 13, 7], result, Rounding);
    }

    [Fact]
    public void State_OfANewLayer_HasGainOneBiasZeroAndTheRunningStatistics()
    {
        using var layer = new BatchNorm2d(2, 1e-5);

        Assert.Equal(
            ["gain", "bias", "statistics.running_mean", "statistics.running_var"],
            layer.State().Select(static s => s.Name));
        Assert.Equal([1, 1], layer.Find("gain").Values());
        Assert.Equal([0, 0], layer.Find("bias").Values());
    }

    [Fact]
    public void Gradient_OfTheBias_IsTheSumOverBatchAndPixels()
    {
        using var layer = new BatchNorm2d(2, 1e-5);

        Autograd.Backward(layer.Forward(Ramp(2, 2, 1, 2)), Of([1, 2, 3, 4, 5, 6, 7, 8], 2, 2, 1, 2));

        AssertClose([1 + 2 + 5 + 6, 3 + 4 + 7 + 8], layer.Find("bias").Grad!, Rounding);
    }
}
