using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>
/// What the convolutional generators share: the class embedding at one end, and BatchNorm, ReLU, conv 3x3
/// and tanh at the other.
/// </summary>
public abstract class ClassConditionalGenerator : GeneratorNetwork
{
    private readonly ArchitectureOptions options;
    private readonly Embedding? shared;
    private BatchNorm2d? outputNorm;
    private Conv2d? toImage;

    private protected ClassConditionalGenerator(
        ArchitectureOptions options, bool hasSharedEmbedding, InitializationContext init)
    {
        this.options = options;
        // The shared table has no spectral norm in the reference: it feeds linear maps that have.
        if (hasSharedEmbedding && options.IsConditional)
            shared = Child(
                "shared", new Embedding(options.ClassCount, options.SharedEmbeddingSize, null, init)
                {
                    // Classes may be alike; the maps that read the table are what must not be.
                    HasRegularisedWeights = false,
                });
    }

    /// <inheritdoc/>
    public sealed override int LatentSize => options.LatentSize;

    /// <inheritdoc/>
    public sealed override int ClassCount => options.ClassCount;

    /// <inheritdoc/>
    public sealed override bool IsConditional => options.IsConditional;

    /// <inheritdoc/>
    public sealed override int ImageChannels => options.ImageChannels;

    /// <inheritdoc/>
    public sealed override ImageSize ImageSize => options.Resolution;

    /// <inheritdoc/>
    public sealed override Tensor Generate(Tensor latent, Tensor classes)
    {
        using var scope = new TensorScope();
        if (!options.IsConditional) return scope.Keep(Run(latent, null));
        return scope.Keep(Run(latent, shared is null ? classes : shared.Forward(classes)));
    }

    /// <inheritdoc/>
    public sealed override Tensor? EmbedClasses(Tensor classes)
    {
        if (!options.IsConditional) return null;
        using var scope = new TensorScope();
        return scope.Keep(shared is null
            ? classes.OneHot(ClassCount).To(DType.Float32)
            : shared.Forward(classes));
    }

    /// <inheritdoc/>
    public sealed override Tensor GenerateFromEmbedding(Tensor latent, Tensor embedded)
    {
        if (options.IsConditional) return Run(latent, embedded);
        throw new AtelierException(
            FailureKind.Usage,
            "This generator knows no classes, so there is no class vector to interpolate. Interpolate the " +
            "latents.");
    }

    /// <summary>The network from a latent to an image.</summary>
    /// <param name="latent">[N, Z].</param>
    /// <param name="condition">Class ids [N], class vectors [N, S], or null without conditioning.</param>
    /// <returns>[N, C, H, W] in [-1, 1].</returns>
    private protected abstract Tensor Run(Tensor latent, Tensor? condition);

    /// <summary>Adds the last layers; a derived class calls it after its own.</summary>
    /// <param name="inputs">Channels of what enters them.</param>
    /// <param name="outputs">Channels of the convolution, at least the image's.</param>
    /// <param name="init">Where the weights come from.</param>
    private protected void AddOutput(long inputs, long outputs, InitializationContext init)
    {
        outputNorm = Child("output_norm", new BatchNorm2d(
            inputs, options.OutputNormEpsilon ?? options.BatchNormEpsilon, options.AddsNormGain));
        toImage = Child("to_image", new Conv2d(inputs, outputs, 3, options.GeneratorSpectralNorm, init));
    }

    /// <summary>The last layers.</summary>
    /// <returns>[N, C, H, W] in [-1, 1].</returns>
    private protected Tensor ToImage(Tensor h)
    {
        using var scope = new TensorScope();
        var image = toImage!.Forward(outputNorm!.ForwardThenRelu(h));
        if (image.Size(1) != options.ImageChannels) image = image.Narrow(1, 0, options.ImageChannels);
        // In float32, so that a bfloat16 run does not band the picture.
        return scope.Keep(image.To(DType.Float32).Tanh());
    }
}
