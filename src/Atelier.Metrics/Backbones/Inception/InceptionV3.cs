using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// Inception-v3 (Szegedy et al., arXiv:1512.00567) in two forms: torchvision's, and the one whose weights
/// came from TensorFlow's graph of 2015-12-05, on which FID and the Inception Score are defined. They differ
/// in classes and in how the pooling branches treat borders. Features are the 2048 numbers behind the last
/// average pooling ("pool3").
/// </summary>
public sealed class InceptionV3 : FeatureNetwork
{
    /// <summary>Height and width of its images in pixels.</summary>
    public const int ImageSize = 299;

    private const int Channels = 2048;
    private readonly bool isTensorFlow;
    private readonly FrozenConvolution[] stemA;
    private readonly FrozenConvolution[] stemB;
    private readonly InceptionBlock[] blocks;
    private readonly FrozenLinear head;

    private InceptionV3(string name, int classCount, bool isTensorFlow)
        : base(name, Channels, classCount)
    {
        this.isTensorFlow = isTensorFlow;
        var stem = new InceptionLayers(Register, "");
        stemA =
        [
            stem.Square("Conv2d_1a_3x3", 3, 32, 3, stride: 2),
            stem.Square("Conv2d_2a_3x3", 32, 32, 3),
            stem.Square("Conv2d_2b_3x3", 32, 64, 3, padding: 1),
        ];
        stemB = [stem.Square("Conv2d_3b_1x1", 64, 80, 1), stem.Square("Conv2d_4a_3x3", 80, 192, 3)];
        var mean = isTensorFlow ? InceptionPooling.MeanWithoutBorder : InceptionPooling.MeanWithBorder;
        blocks =
        [
            new InceptionBlockA(Register, "Mixed_5b", 192, 32, mean),
            new InceptionBlockA(Register, "Mixed_5c", 256, 64, mean),
            new InceptionBlockA(Register, "Mixed_5d", 288, 64, mean),
            new InceptionBlockB(Register, "Mixed_6a", 288),
            new InceptionBlockC(Register, "Mixed_6b", 128, mean),
            new InceptionBlockC(Register, "Mixed_6c", 160, mean),
            new InceptionBlockC(Register, "Mixed_6d", 160, mean),
            new InceptionBlockC(Register, "Mixed_6e", 192, mean),
            new InceptionBlockD(Register, "Mixed_7a"),
            new InceptionBlockE(Register, "Mixed_7b", 1280, mean),
            new InceptionBlockE(
                Register, "Mixed_7c", Channels, isTensorFlow ? InceptionPooling.Largest : mean),
        ];
        head = Add(new FrozenLinear("fc", Channels, classCount));
    }

    /// <summary>
    /// The form of FID and the Inception Score. Its 1008 logits are without the bias, because the Inception
    /// Score was defined on the product with the last matrix alone (Salimans et al.'s program; torch-fidelity
    /// calls them logits_unbiased).
    /// </summary>
    public static InceptionV3 TensorFlow() => new("inception-fid", 1008, isTensorFlow: true);

    /// <summary>torchvision's form, with 1000 logits.</summary>
    public static InceptionV3 Torchvision() => new("inception-v3", 1000, isTensorFlow: false);

    /// <inheritdoc/>
    private protected override BackboneOutput Run(Tensor images)
    {
        var x = Through(stemA, images.Contiguous(MemoryFormat.ChannelsLast));   // [N, 64, 147, 147]
        x = Through(stemB, InceptionLayers.Halve(x));                           // [N, 192, 71, 71]
        x = InceptionLayers.Halve(x);                                           // [N, 192, 35, 35]
        foreach (var block in blocks)
        {
            var next = block.Forward(x);
            x.Dispose();
            x = next;
        }

        var features = x.Mean([2, 3]);
        return new BackboneOutput(
            features, isTensorFlow ? head.ForwardWithoutBias(features) : head.Forward(features));
    }

    private static Tensor Through(FrozenConvolution[] layers, Tensor input)
    {
        using var scope = new TensorScope();
        var x = input;
        foreach (var layer in layers)
        {
            var next = layer.ForwardRelu(x);
            if (!ReferenceEquals(x, input)) x.Dispose();
            x = next;
        }

        return scope.Keep(x);
    }

    private void Register(FrozenLayer layer) => Add(layer);
}
