using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>A trained small classifier as a backbone: features are its last layer's pooled
/// activations.</summary>
public sealed class SmallClassifierBackbone : IBackbone
{
    private readonly Classifier network;

    internal SmallClassifierBackbone(Classifier network, BackboneCard card)
    {
        this.network = network;
        Card = card;
        network.Train(false);
        network.RequireGrad(false);
        Sha256 = WeightHash.Of(network.State());
    }

    /// <inheritdoc/>
    public string Name => network.ArchitectureName;

    /// <inheritdoc/>
    public string Sha256 { get; }

    /// <inheritdoc/>
    public int FeatureCount => network.FeatureCount;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames => Card.ClassNames;

    /// <inheritdoc/>
    public BackboneInput Input => new(network.Shape.Channels, network.Shape.Size);

    /// <summary>How it was trained and how good it is.</summary>
    public BackboneCard Card { get; }

    /// <summary>The sizes of the network.</summary>
    public SmallClassifierShape Shape => network.Shape;

    /// <summary>The number of weights, without running statistics.</summary>
    public long ParameterCount => network.ParameterCount();

    /// <summary>Reads a file that <see cref="Save"/> wrote; no dataset is needed.</summary>
    /// <exception cref="AtelierException">Missing, damaged, or not a backbone of Atelier
    /// (Checkpoint).</exception>
    public static SmallClassifierBackbone Load(string path) => BackboneFile.Read(path);

    /// <summary>Writes weights and card as one safetensors file, whole or not at all.</summary>
    /// <exception cref="AtelierException">The disk refused (Disk).</exception>
    public void Save(string path) => BackboneFile.Write(path, this, network.State());

    internal void CopyTo(Classifier other) => other.CopyStateFrom(network);

    /// <inheritdoc/>
    public BackboneOutput Extract(Tensor images)
    {
        var side = network.Shape.Size;
        if (images.Rank != 4 || images.Size(1) != Input.Channels || images.Size(2) != side
            || images.Size(3) != side)
        {
            throw new AtelierException(
                FailureKind.Usage,
                $"The backbone takes images [N, {Input.Channels}, {side}, {side}]; these are "
                + $"[{string.Join(", ", images.Shape)}]. Use a backbone that was trained on images of this "
                + "size.");
        }

        using var noGrad = new NoGradScope();
        return network.Forward(images);
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => network.Dispose();
}
