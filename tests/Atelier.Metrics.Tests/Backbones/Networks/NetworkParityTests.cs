using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Metrics.Tests;

/// <summary>
/// Features against torchvision 0.14.1 and pytorch-fid, with weights and images from the same formula. The
/// tolerance is relative to the largest number of the reference.
/// </summary>
public sealed class NetworkParityTests : TensorTest
{
    private const double Tolerance = 1e-4;

    [Fact]
    public void InceptionV3_Torchvision_EqualsReference()
    {
        var output = Run(InceptionV3.Torchvision(), ImageNormalisation.Symmetric, 299, 299);

        AssertRelative("inception_v3_pool", output.Features);
        AssertRelative("inception_v3_logits", output.Logits);
    }

    [Fact]
    public void InceptionV3_TensorFlow_EqualsReference()
    {
        using var network = InceptionV3.TensorFlow();
        var weights = Formula.Weights(network.Slots);

        var output = Run(network, ImageNormalisation.Symmetric, 299, 299, weights);

        AssertRelative("fid_inception_pool3", output.Features);
        // The reference's logits have the bias, which the Inception Score leaves out.
        AssertRelative("fid_inception_logits", output.Logits + weights["fc.bias"]);
    }

    [Fact]
    public void InceptionV3_OfSmallImagesByLegacyResizing_EqualsReference()
    {
        var output = Run(InceptionV3.TensorFlow(), ImageNormalisation.Symmetric, 64, 299);

        AssertRelative("fid_inception_pool3_from64_bilinear", output.Features);
    }

    [Fact]
    public void ResNet50_OfTorchvision_EqualsReference()
    {
        var output = Run(ResNet50.Torchvision(), ImageNormalisation.ImageNet, 224, 224);

        AssertRelative("resnet50_avgpool", output.Features);
        AssertRelative("resnet50_logits", output.Logits);
    }

    [Fact]
    public void ResNet50_OfSwav_HasTheSameFeaturesAndNoLogits()
    {
        var output = Run(ResNet50.Swav(), ImageNormalisation.ImageNet, 224, 224);

        AssertRelative("resnet50_avgpool", output.Features);
        Assert.Equal([2, 0], output.Logits.Shape);
    }

    [Fact]
    public void Vgg16_OfTorchvision_EqualsReference()
    {
        var output = Run(new Vgg16(), ImageNormalisation.ImageNet, 224, 224);

        AssertRelative("vgg16_fc7_before_relu", output.Features);
        AssertRelative("vgg16_logits", output.Logits);
    }

    [Fact]
    public void SwinTiny_OfTorchvision_EqualsReference()
    {
        var output = Run(new SwinTiny(), ImageNormalisation.ImageNet, 224, 224);

        AssertRelative("swin_t_features", output.Features);
        AssertRelative("swin_t_logits", output.Logits);
    }

    [Fact]
    public void DinoViTSmall8_OnAnEquivalentNetworksWeights_EqualsIt()
    {
        var output = Run(new DinoViTSmall8(), ImageNormalisation.ImageNet, 224, 224);

        AssertRelative("dino_vits8_features", output.Features);
        Assert.Equal([2, 0], output.Logits.Shape);
    }

    private static BackboneOutput Run(
        FeatureNetwork network, ImageNormalisation normalisation, int imageSize, int networkSize,
        Dictionary<string, Tensor>? weights = null)
    {
        using (network)
        {
            using var scope = new TensorScope();
            network.Load(weights ?? Formula.Weights(network.Slots));
            var preparation = new ImagePreparation(
                3, networkSize, ImageResizing.Legacy, Data.Resizing.ResizeFilter.Bilinear, normalisation);
            var (features, logits) =
                network.Forward(preparation.Apply(Formula.Images(2, imageSize, imageSize)));
            return new BackboneOutput(scope.Keep(features), scope.Keep(logits));
        }
    }

    private static void AssertRelative(string name, Tensor actual)
    {
        var expected = Golden.Tensor("backbones.safetensors", name);
        Assert.Equal(expected.Shape, actual.Shape);
        var difference = MaxDifference(expected, actual) / expected.Abs().Max().Item();
        TestContext.Current.SendDiagnosticMessage($"{name}: {difference:E1}");
        Assert.True(difference <= Tolerance, $"{name} differs by {difference:E2} of its largest number");
    }
}
