using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// The classifier that learns fast: patches whitened by a frozen first layer, then blocks of 3x3 convolutions
/// with BatchNorm and ReLU, of which the first halves the picture, then the largest value of each channel and
/// one linear layer whose logits are scaled down (Jordan, arXiv:2404.00498, sections 3.1 to 3.3; Page, How to
/// train your ResNet). Different from there: 3x3 patches and same padding, so that sides stay even, ReLU for
/// GELU, and a first layer whose bias is not learnt either, so that nothing is propagated back to the large
/// picture.
/// </summary>
internal sealed class WhitenedClassifier : Classifier
{
    /// <summary>Its name in files and protocols.</summary>
    public const string Name = "whitened-cnn";

    private const double LogitScale = 1.0 / 9;

    private readonly PatchWhitening whitening;
    private readonly (Conv2d Convolution, BiasNormRelu Norm, bool Halves)[] layers;
    private readonly Linear head;

    public WhitenedClassifier(SmallClassifierShape shape, Generator generator)
        : base(shape)
    {
        var init = new InitializationContext(WeightInitialization.PartialIdentity, generator);
        var blocks = shape.Validate();
        whitening = Child("whitening", new PatchWhitening(shape.Channels));
        var plan = new List<(Conv2d, BiasNormRelu, bool)>();
        long width = whitening.OutputCount;
        foreach (var block in blocks)
            for (var c = 0; c < block.Length; c++)
            {
                var convolution = Child(
                    $"conv{plan.Count}", new Conv2d(width, block[c], 3, null, init, hasBias: false));
                plan.Add((convolution, Child($"norm{plan.Count}", new BiasNormRelu(block[c])), c == 0));
                width = block[c];
            }

        layers = [.. plan];
        FeatureCount = (int)width;
        head = Child("head", new Linear(width, shape.ClassCount, null, init, hasBias: false));
    }

    /// <inheritdoc/>
    public override string ArchitectureName => Name;

    /// <inheritdoc/>
    public override int FeatureCount { get; }

    /// <inheritdoc/>
    public override void Prepare(IImageSet images) => whitening.Learn(images);

    /// <inheritdoc/>
    public override BackboneOutput Forward(Tensor images)
    {
        using var scope = new TensorScope();
        var x = whitening.Forward(images);                  // [N, 2 F, S, S]
        foreach (var (convolution, norm, halves) in layers)
        {
            x = convolution.Forward(x).Contiguous(MemoryFormat.ChannelsLast);
            // Before the normalisation, which then has a quarter of the pixels to go through.
            if (halves) x = x.MaxPool2d([2, 2]);
            x = norm.Forward(x);                            // [N, W, S / 2^b, S / 2^b]
        }

        var features = x.Amax([2, 3]);                      // [N, D]
        return new BackboneOutput(
            scope.Keep(features), scope.Keep(head.Forward(features) * LogitScale));
    }
}
