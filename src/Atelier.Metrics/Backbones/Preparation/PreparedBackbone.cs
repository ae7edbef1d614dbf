using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>A network with the preparation that suits it, as a backbone for images of one size.</summary>
public sealed class PreparedBackbone : IBackbone
{
    // Activations of a large network take some 10 MB an image: a whole batch of them would fill the memory.
    private const long ImagesAtOnce = 8;

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
        var (features, logits) = (new List<Tensor>(), new List<Tensor>());
        for (var start = 0L; start < images.Size(0); start += ImagesAtOnce)
        {
            var part = Look(images.Narrow(0, start, Math.Min(ImagesAtOnce, images.Size(0) - start)));
            features.Add(part.Features);
            logits.Add(part.Logits);
        }

        return new BackboneOutput(scope.Keep(Aten.Cat([.. features])), scope.Keep(Aten.Cat([.. logits])));
    }

    private BackboneOutput Look(Tensor images)
    {
        using var scope = new TensorScope();
        var (features, logits) = network.Forward(preparation.Apply(images));
        return new BackboneOutput(scope.Keep(features), scope.Keep(logits));
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => network.Dispose();
}
