using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// ResNet-50 (He et al., arXiv:1512.03385) as torchvision has it, and the same network without a classifier,
/// as SwAV trained it without labels (Caron et al., arXiv:2006.09882). Features are the 2048 numbers behind
/// the average pooling.
/// </summary>
public sealed class ResNet50 : FeatureNetwork
{
    /// <summary>Height and width of its images in pixels.</summary>
    public const int ImageSize = 224;

    private const int Channels = 2048;
    private readonly FrozenConvolution stem;
    private readonly ResNetBottleneck[] blocks;
    private readonly FrozenLinear? head;

    private ResNet50(string name, int classCount)
        : base(name, Channels, classCount)
    {
        stem = Add(new FrozenConvolution(new ConvolutionShape("conv1", 3, 64, 7, 7)
        {
            Norm = "bn1",
            Stride = 2,
            Padding = (3, 3),
        }));
        var made = new List<ResNetBottleneck>();
        var inputs = 64L;
        foreach (var (stage, count, width) in new[] { (1, 3, 64L), (2, 4, 128L), (3, 6, 256L), (4, 3, 512L) })
            for (var k = 0; k < count; k++)
            {
                var stride = k == 0 && stage > 1 ? 2 : 1;
                made.Add(new ResNetBottleneck(
                    layer => Add(layer), $"layer{stage}.{k}", inputs, width, stride));
                inputs = width * 4;
            }

        blocks = [.. made];
        if (classCount > 0) head = Add(new FrozenLinear("fc", Channels, classCount));
    }

    /// <summary>torchvision's, with 1000 logits.</summary>
    public static ResNet50 Torchvision() => new("resnet50", 1000);

    /// <summary>SwAV's, without logits.</summary>
    public static ResNet50 Swav() => new("swav-resnet50", 0);

    /// <inheritdoc/>
    private protected override BackboneOutput Run(Tensor images)
    {
        var x = stem.ForwardRelu(images.Contiguous(MemoryFormat.ChannelsLast));
        x = x.MaxPool2d([3, 3], [2, 2], [1, 1]);            // [N, 64, 56, 56]
        foreach (var block in blocks)
        {
            var next = block.Forward(x);
            x.Dispose();
            x = next;
        }

        var features = x.Mean([2, 3]);
        return new BackboneOutput(features, head?.Forward(features) ?? NoLogits(features));
    }
}
