using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// A plain convolutional classifier: blocks of 3x3 convolution, BatchNorm and ReLU, 2x2 max pooling between
/// blocks, the mean over the picture as features, one linear layer on top. An architecture of Atelier's own,
/// small enough to ship.
/// </summary>
internal sealed class SmallClassifier : Classifier
{
    /// <summary>Its name in files and protocols.</summary>
    public const string Name = "small-cnn";

    private const double NormEpsilon = 1e-5;

    private readonly (Conv2d Convolution, BatchNorm2d Norm, bool PoolsFirst)[] layers;
    private readonly Linear head;

    public SmallClassifier(SmallClassifierShape shape, Generator generator)
        : base(shape)
    {
        var init = new InitializationContext(WeightInitialization.He, generator);
        var plan = new List<(Conv2d, BatchNorm2d, bool)>();
        var width = shape.Channels;
        var blocks = shape.Validate();
        for (var b = 0; b < blocks.Length; b++)
            for (var c = 0; c < blocks[b].Length; c++)
            {
                var next = blocks[b][c];
                var convolution =
                    Child($"conv{plan.Count}", new Conv2d(width, next, 3, null, init, hasBias: false));
                var norm = Child($"norm{plan.Count}", new BatchNorm2d(next, NormEpsilon));
                plan.Add((convolution, norm, b > 0 && c == 0));
                width = next;
            }

        layers = [.. plan];
        FeatureCount = width;
        head = Child("head", new Linear(width, shape.ClassCount, null, init));
    }

    /// <inheritdoc/>
    public override string ArchitectureName => Name;

    /// <inheritdoc/>
    public override int FeatureCount { get; }

    /// <inheritdoc/>
    public override BackboneOutput Forward(Tensor images)
    {
        using var scope = new TensorScope();
        var x = images;
        foreach (var (convolution, norm, poolsFirst) in layers)
        {
            if (poolsFirst) x = x.MaxPool2d([2, 2]);
            // One channel lies the same in both layouts, so the first convolution cannot tell: it is asked
            // again each time.
            x = convolution.Forward(x).Contiguous(MemoryFormat.ChannelsLast);
            x = norm.Forward(x).ReluInPlace();              // [N, W, S / 2^b, S / 2^b]
        }

        var features = x.Mean([2, 3]);                      // [N, D]
        return new BackboneOutput(scope.Keep(features), scope.Keep(head.Forward(features)));
    }
}
