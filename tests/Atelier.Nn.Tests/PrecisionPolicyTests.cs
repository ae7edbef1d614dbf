using Atelier.Torch;

namespace Atelier.Nn.Tests;

public sealed class PrecisionPolicyTests : NnTest
{
    [Fact]
    public void Enter_ForFloat32_OpensNothing() =>
        Assert.Null(new PrecisionPolicy(Precision.Float32, DeviceType.Cpu).Enter());

    [Fact]
    public void Enter_ForBFloat16_LetsLinearLayersRunInItUntilItIsClosed()
    {
        using var layer = new Linear(3, 2, null, Init());
        var input = Ramp(2, 3);

        using (new PrecisionPolicy(Precision.BFloat16, DeviceType.Cpu).Enter())
            Assert.Equal(DType.BFloat16, layer.Forward(input).DType);

        Assert.Equal(DType.Float32, layer.Forward(input).DType);
    }

    [Fact]
    public void Enter_ForBFloat16_LeavesWeightsAndTheirGradientsFloat32()
    {
        using var layer = new Conv2d(1, 2, 3, new SpectralNormOptions(), Init());

        using (new PrecisionPolicy(Precision.BFloat16, DeviceType.Cpu).Enter())
            Autograd.Backward(layer.Forward(Ramp(1, 1, 3, 4)).To(DType.Float32).Sum());

        Assert.Equal(DType.Float32, layer.Find("weight").DType);
        Assert.Equal(DType.Float32, layer.Find("weight").Grad!.DType);
    }
}
