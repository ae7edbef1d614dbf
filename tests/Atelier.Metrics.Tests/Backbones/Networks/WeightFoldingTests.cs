using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Metrics.Tests;

/// <summary>BatchNorm multiplied into the convolutions, and 1x1 convolutions run as one, change features by
/// rounding only.</summary>
public sealed class WeightFoldingTests : TensorTest
{
    // Smaller pictures than the networks' own take every layer too.
    private const int Size = 107;

    [Fact]
    public void Inception_OfTensorFlowFolded_HasTheFeaturesOfSeparateLayers() =>
        Compare(InceptionV3.TensorFlow);

    [Fact]
    public void Inception_OfTorchvisionFolded_HasTheFeaturesOfSeparateLayers() =>
        Compare(InceptionV3.Torchvision);

    [Fact]
    public void ResNet_Folded_HasTheFeaturesOfSeparateLayers() => Compare(ResNet50.Swav);

    private static void Compare(Func<FeatureNetwork> create)
    {
        using var network = create();
        var weights = Formula.Weights(network.Slots);
        var images = Formula.Images(1, Size, Size);
        network.Load(weights, WeightFolding.Separate);
        var separate = network.Forward(images).Features;
        network.Load(weights);

        var folded = network.Forward(images).Features;

        var difference = MaxDifference(separate, folded) / separate.Abs().Max().Item();
        Assert.InRange(difference, double.Epsilon, 1e-5);
    }
}
