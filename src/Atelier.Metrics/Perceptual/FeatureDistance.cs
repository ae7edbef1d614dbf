using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>The squared Euclidean distance of a backbone's features.</summary>
/// <param name="backbone">Whose features; it stays the caller's.</param>
public sealed class FeatureDistance(IBackbone backbone) : IImageDistance
{
    /// <inheritdoc/>
    public string Name => $"features:{backbone.Name}:{backbone.Sha256}";

    /// <inheritdoc/>
    public Tensor Of(Tensor first, Tensor second)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var features = backbone.Extract(Aten.Cat([first, second])).Features;           // [2 N, D]
        var count = first.Size(0);
        return scope.Keep(
            (features.Narrow(0, 0, count) - features.Narrow(0, count, count)).Square().Sum([1]));
    }
}
