using Atelier.Torch;

namespace Atelier.Nn.Tests;

public sealed class ConditionalBatchNorm2dTests : NnTest
{
    [Fact]
    public void Forward_PerClass_UsesOnePlusTheGainAndTheBiasOfEachImagesClass()
    {
        using var layer = ConditionalBatchNorm2d.PerClass(1, 3, 0, Init());
        layer.Set("gain.weight", 9, 1, -0.5);
        layer.Set("bias.weight", 9, 10, -20);

        // The batch holds -1, 1, -1, 1: it is normalised already.
        var result = layer.Forward(Of([-1, 1, -1, 1], 2, 1, 1, 2), Tensor.FromArray<long>([2, 1], 2));

        AssertClose([-20.5, -19.5, 8, 12], result, Rounding);
    }

    [Fact]
    public void Forward_FromAVector_MapsItLinearlyToGainAndBias()
    {
        using var layer = ConditionalBatchNorm2d.FromVector(1, 2, 0, null, Init());
        layer.Set("gain.weight", 1, 2);
        layer.Set("bias.weight", -1, 0.5);

        var result = layer.Forward(Of([-1, 1], 1, 1, 1, 2), Of([3, 4], 1, 2));

        // gain 1 + 3 + 8, bias -3 + 2.
        AssertClose([-13, 11], result, Rounding);
    }

    [Fact]
    public void Forward_OfABFloat16Image_StaysBFloat16()
    {
        using var layer = ConditionalBatchNorm2d.FromVector(1, 2, 0, null, Init());

        var result = layer.Forward(Of([-1, 1], 1, 1, 1, 2).To(DType.BFloat16), Of([3, 4], 1, 2));

        Assert.Equal(DType.BFloat16, result.DType);
    }

    [Fact]
    public void StandingStatistics_OfTheTree_AreFoundInsideTheLayer()
    {
        using var layer = ConditionalBatchNorm2d.PerClass(2, 3, 1e-5, Init());

        Assert.Single(layer.Modules(), static m => m.Module is IBatchStatistics && m.Path == "statistics");
    }
}
