using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>A network with the preparation that suits it, as a backbone for images of one size.</summary>
public sealed class PreparedBackbone : IBackbone
{
    private readonly IFeatureNetwork network;
    private readonly ImagePreparation preparation;

    /// <summary>Joins a network and a preparation; the network is freed with this.</summary>
    /// <param name="network">The network.</param>
    /// <param name="preparation">How images are made ready for it.</param>
    /// <param name="input">The images that will come, of any size, with 1 or 3 channels.</param>
    public PreparedBackbone(IFeatureNetwork network, ImagePreparation preparation, BackboneInput input)
    {
        this.network = network;
        this.preparation = preparation;
        Input = input;
    }

    /// <inheritdoc/>
    public string Name => network.Name;

    /// <inheritdoc/>
    public string Sha256 => network.Sha256;

    /// <inheritdoc/>
    public int FeatureCount => network.FeatureCount;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames => network.ClassNames;

    /// <inheritdoc/>
    public BackboneInput Input { get; }

    /// <inheritdoc/>
    public string Preprocessing => preparation.Description;

    /// <inheritdoc/>
    public BackboneOutput Extract(Tensor images)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var (features, logits) = network.Forward(preparation.Apply(images));
        return new BackboneOutput(scope.Keep(features), scope.Keep(logits));
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => network.Dispose();
}
