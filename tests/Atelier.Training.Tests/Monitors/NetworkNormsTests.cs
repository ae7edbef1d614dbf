using Atelier.Nn;
using Atelier.Tests;
using Atelier.Torch;
using Atelier.Training.Monitors;

namespace Atelier.Training.Tests.Monitors;

public sealed class NetworkNormsTests : TensorTest
{
    [Fact]
    public void Of_WeightsAndGradientsOfKnownLength_GivesThemByLayerAndTogether()
    {
        using var pair = new Pair();

        var norms = NetworkNorms.Of(pair);

        Assert.Equal(5, norms.Weights["first"], 1e-6);
        Assert.Equal(12, norms.Weights["second.bias"], 1e-6);
        Assert.Equal(13, norms.Weight, 1e-6);
        Assert.Equal(["first"], norms.Gradients.Keys);
        Assert.Equal(10, norms.Gradient, 1e-6);
    }

    private sealed class Pair : Module
    {
        public Pair()
        {
            var first = Parameter("first.weight", Tensor.FromArray<float>([3, 0, 0, -4], 2, 2));
            Parameter("second.bias", Tensor.FromArray<float>([12], 1));
            Autograd.Backward((first * first).Sum());
        }
    }
}
