using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>A frozen network that takes images of its own size and values; with an
/// <see cref="ImagePreparation"/> it is an <see cref="IBackbone"/>.</summary>
public interface IFeatureNetwork : IDisposable
{
    /// <summary>Name for protocols, such as <c>inception-fid</c>.</summary>
    string Name { get; }

    /// <summary>SHA-256 over names, shapes and bytes of the weights, 64 lower-case hexadecimal
    /// digits.</summary>
    string Sha256 { get; }

    /// <summary>D, features of an image.</summary>
    int FeatureCount { get; }

    /// <summary>Names of the K classes, in the order of the logits; none for a network without a
    /// classifier.</summary>
    IReadOnlyList<string> ClassNames { get; }

    /// <summary>Looks at prepared images. No gradients are recorded; the results belong to the current scope
    /// or the caller.</summary>
    /// <param name="images">float32 [N, C, S, S], as the network's preparation makes them.</param>
    BackboneOutput Forward(Tensor images);
}
