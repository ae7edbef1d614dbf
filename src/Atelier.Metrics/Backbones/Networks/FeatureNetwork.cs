using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>A network made of frozen layers, which takes its weights by the names of the published state
/// dict.</summary>
public abstract class FeatureNetwork : IFeatureNetwork
{
    private readonly List<FrozenLayer> layers = [];
    private string? sha256;

    private protected FeatureNetwork(string name, int featureCount, int classCount)
    {
        Name = name;
        FeatureCount = featureCount;
        ClassNames = [.. Enumerable.Range(0, classCount).Select(
            static id => id.ToString(System.Globalization.CultureInfo.InvariantCulture))];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Sha256 => sha256 ?? throw new AtelierException(
        FailureKind.Bug, $"The weights of {Name} were not loaded.");

    /// <inheritdoc/>
    public int FeatureCount { get; }

    /// <summary>Numbers as text: files of weights name no classes.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Every tensor that the network needs.</summary>
    public IReadOnlyList<WeightSlot> Slots => [.. layers.SelectMany(static layer => layer.Slots)];

    /// <summary>Takes weights. They are copied and stay the caller's.</summary>
    /// <param name="weights">float32 tensors, by the names of <see cref="Slots"/>; others are left
    /// alone.</param>
    /// <param name="folding">What becomes of BatchNorm.</param>
    public void Load(
        IReadOnlyDictionary<string, Tensor> weights, WeightFolding folding = WeightFolding.Folded)
    {
        using var noGrad = new NoGradScope();
        foreach (var layer in layers)
        {
            layer.Dispose();
            layer.Load(weights, folding);
        }

        sha256 = WeightHash.Of(Slots.Select(slot => new NamedTensor(slot.Name, weights[slot.Name])));
    }

    /// <inheritdoc/>
    public BackboneOutput Forward(Tensor images)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var (features, logits) = Run(images);
        return new BackboneOutput(scope.Keep(features), scope.Keep(logits));
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose()
    {
        foreach (var layer in layers) layer.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Looks at prepared images.</summary>
    /// <returns>Features [N, D] and logits [N, K].</returns>
    private protected abstract BackboneOutput Run(Tensor images);

    private protected T Add<T>(T layer)
        where T : FrozenLayer
    {
        layers.Add(layer);
        return layer;
    }

    /// <summary>Logits of a network that has none: [N, 0].</summary>
    private protected static Tensor NoLogits(Tensor features) => Tensor.Empty([features.Size(0), 0]);
}
