using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>A frozen network whose features and logits the metrics are taken on. It is always in evaluation
/// mode.</summary>
public interface IBackbone : IDisposable
{
    /// <summary>Name for protocols, such as <c>small-cnn</c>.</summary>
    string Name { get; }

    /// <summary>SHA-256 over names, shapes and bytes of the weights, 64 lower-case hexadecimal
    /// digits.</summary>
    string Sha256 { get; }

    /// <summary>D, features of an image.</summary>
    int FeatureCount { get; }

    /// <summary>Names of the K classes, in the order of the logits.</summary>
    IReadOnlyList<string> ClassNames { get; }

    /// <summary>What images it takes.</summary>
    BackboneInput Input { get; }

    /// <summary>What is done to the images before the network sees them, for protocols, such as
    /// <c>clean;299;symmetric</c>; <c>none</c> for a network that takes them as they are.</summary>
    string Preprocessing => MetricProtocol.NoPreprocessing;

    /// <summary>Its arithmetic, for protocols: <c>fp32</c> or <c>bf16</c>.</summary>
    string Precision => MetricProtocol.Float32;

    /// <summary>Looks at images. No gradients are recorded; the results belong to the current scope or the
    /// caller.</summary>
    /// <param name="images">float32 [N, C, S, S] in [-1, 1], as <see cref="Input"/> says.</param>
    /// <exception cref="AtelierException">Images of another shape (Usage).</exception>
    BackboneOutput Extract(Tensor images);
}
