using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>A trained small classifier as a network that images of other sizes are prepared for.</summary>
/// <param name="classifier">The classifier; it is freed with this.</param>
public sealed class ClassifierNetwork(SmallClassifierBackbone classifier) : IFeatureNetwork
{
    /// <inheritdoc/>
    public string Name => classifier.Name;

    /// <inheritdoc/>
    public string Sha256 => classifier.Sha256;

    /// <inheritdoc/>
    public int FeatureCount => classifier.FeatureCount;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames => classifier.ClassNames;

    /// <inheritdoc/>
    public BackboneOutput Forward(Tensor images) => classifier.Extract(images);

    /// <summary>Frees the classifier.</summary>
    public void Dispose() => classifier.Dispose();
}
