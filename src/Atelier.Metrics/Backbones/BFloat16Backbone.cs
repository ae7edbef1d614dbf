using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// A backbone whose convolutions and matrix products run in bfloat16, which is faster where the processor
/// multiplies it natively, and elsewhere rounds what float32 computes. Features and FID move with the
/// rounding, so it has protocols of its own.
/// </summary>
/// <param name="inner">The backbone; it is freed with this.</param>
public sealed class BFloat16Backbone(IBackbone inner) : IBackbone
{
    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public string Sha256 => inner.Sha256;

    /// <inheritdoc/>
    public int FeatureCount => inner.FeatureCount;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames => inner.ClassNames;

    /// <inheritdoc/>
    public BackboneInput Input => inner.Input;

    /// <inheritdoc/>
    public string Preprocessing => inner.Preprocessing;

    /// <inheritdoc/>
    public string Precision => "bf16";

    /// <summary>Looks at images; the results are float32 again.</summary>
    public BackboneOutput Extract(Tensor images)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        using var autocast = new AutocastScope(images.Device.Type, DType.BFloat16);
        var (features, logits) = inner.Extract(images);
        return new BackboneOutput(
            scope.Keep(features.To(DType.Float32)), scope.Keep(logits.To(DType.Float32)));
    }

    /// <summary>Frees the backbone.</summary>
    public void Dispose() => inner.Dispose();
}
