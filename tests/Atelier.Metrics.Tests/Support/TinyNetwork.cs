using Atelier.Torch;

namespace Atelier.Metrics.Tests;

/// <summary>A network of one convolution, BatchNorm, ReLU and linear layer, to import and to prepare images
/// for.</summary>
internal sealed class TinyNetwork : FeatureNetwork
{
    private readonly FrozenConvolution convolution;
    private readonly FrozenLinear head;

    public TinyNetwork()
        : base("tiny", 5, 2)
    {
        convolution = Add(new FrozenConvolution(
            new ConvolutionShape("conv", 3, 5, 3, 3) { Norm = "bn", Padding = (1, 1), Epsilon = 1e-3 }));
        head = Add(new FrozenLinear("fc", 5, 2));
    }

    /// <summary>The network as the catalogue would have it.</summary>
    public static PublishedNetwork Entry(PublishedWeights? weights = null) => new()
    {
        Name = "tiny",
        Summary = "for tests",
        Create = static () => new TinyNetwork(),
        Preparation = new ImagePreparation(
            3, 6, ImageResizing.Legacy, Data.Resizing.ResizeFilter.Bilinear, ImageNormalisation.ImageNet),
        Weights = [weights ?? new PublishedWeights(new Uri("https://example.invalid/tiny.pth"), null)],
        Licence = "none",
        NotNeeded = ["aux."],
    };

    private protected override BackboneOutput Run(Tensor images)
    {
        var features = convolution.ForwardRelu(images).Mean([2, 3]);
        return new BackboneOutput(features, head.Forward(features));
    }
}
