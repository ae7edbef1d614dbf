using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// VGG-16 (Simonyan and Zisserman, arXiv:1409.1556) as torchvision has it. Features are the 4096 numbers of
/// its second linear layer before the ReLU ("fc7"), on which improved precision and recall were defined;
/// perceptual distances use <see cref="Activations"/>.
/// </summary>
public sealed class Vgg16 : FeatureNetwork
{
    /// <summary>Height and width of its images in pixels.</summary>
    public const int ImageSize = 224;

    private const int Wide = 4096;
    private static readonly int[][] Widths =
        [[64, 64], [128, 128], [256, 256, 256], [512, 512, 512], [512, 512, 512]];

    private readonly FrozenConvolution[][] stages;
    private readonly FrozenLinear[] head;

    /// <summary>The network, with 1000 logits; its weights are loaded afterwards.</summary>
    public Vgg16()
        : base("vgg16", Wide, 1000)
    {
        // torchvision counts convolutions, ReLUs and poolings through.
        var place = 0;
        var inputs = 3;
        stages = new FrozenConvolution[Widths.Length][];
        for (var s = 0; s < stages.Length; s++, place++)
        {
            stages[s] = new FrozenConvolution[Widths[s].Length];
            for (var k = 0; k < stages[s].Length; k++, place += 2)
            {
                stages[s][k] = Add(new FrozenConvolution(
                    new ConvolutionShape($"features.{place}", inputs, Widths[s][k], 3, 3)
                    {
                        HasBias = true,
                        Padding = (1, 1),
                    }));
                inputs = Widths[s][k];
            }
        }

        head =
        [
            Add(new FrozenLinear("classifier.0", 512 * 7 * 7, Wide)),
            Add(new FrozenLinear("classifier.3", Wide, Wide)),
            Add(new FrozenLinear("classifier.6", Wide, 1000)),
        ];
    }

    /// <summary>
    /// The activations behind the last ReLU of each of the five stages: relu1_2, relu2_2, relu3_3, relu4_3
    /// and relu5_3, as LPIPS takes them (Zhang et al., arXiv:1801.03924).
    /// </summary>
    /// <param name="images">float32 [N, 3, H, W], ImageNet's mean and deviation, H and W at least
    /// 16.</param>
    /// <returns>[N, 64, H, W], [N, 128, H/2, W/2], … [N, 512, H/16, W/16]; owned by the current scope or the
    /// caller.</returns>
    public IReadOnlyList<Tensor> Activations(Tensor images)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var found = new Tensor[stages.Length];
        var x = images.Contiguous(MemoryFormat.ChannelsLast);
        for (var s = 0; s < stages.Length; s++)
        {
            if (s > 0) x = x.MaxPool2d([2, 2]);
            x = found[s] = Stage(stages[s], x);
        }

        return Array.ConvertAll(found, scope.Keep);
    }

    /// <inheritdoc/>
    private protected override BackboneOutput Run(Tensor images)
    {
        var x = images.Contiguous(MemoryFormat.ChannelsLast);
        foreach (var stage in stages)
        {
            var next = Stage(stage, x);
            x = next.MaxPool2d([2, 2]);
            next.Dispose();
        }

        // [N, 512, 7, 7], flattened as [channel, row, column]
        var flat = x.AdaptiveAvgPool2d([7, 7]).Contiguous().Flatten(1);
        var features = head[1].Forward(head[0].Forward(flat).ReluInPlace());
        return new BackboneOutput(features, head[2].Forward(features.Relu()));
    }

    private static Tensor Stage(FrozenConvolution[] stage, Tensor input)
    {
        using var scope = new TensorScope();
        var x = input;
        foreach (var layer in stage)
        {
            var next = layer.ForwardRelu(x);
            if (!ReferenceEquals(x, input)) x.Dispose();
            x = next;
        }

        return scope.Keep(x);
    }
}
