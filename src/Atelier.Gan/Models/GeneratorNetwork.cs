using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>A generator, class-conditional or not.</summary>
public abstract class GeneratorNetwork : Module
{
    private const double ScaledRange = 2;

    /// <summary>Size of the latent vector.</summary>
    public abstract int LatentSize { get; }

    /// <summary>Number of classes; 1 where it knows none.</summary>
    public abstract int ClassCount { get; }

    /// <summary>Whether the class of an image changes it.</summary>
    public abstract bool IsConditional { get; }

    /// <summary>The names of its classes, of those of a dataset: one that stands for all where it knows
    /// none.</summary>
    public IReadOnlyList<string> NamesOf(IReadOnlyList<string> datasetClasses) =>
        IsConditional ? datasetClasses : ["all"];

    /// <summary>Channels of the images: 1 grey, 3 colour, 4 colour with alpha.</summary>
    public abstract int ImageChannels { get; }

    /// <summary>Side of the images in pixels.</summary>
    public abstract int Resolution { get; }

    /// <summary>What a truncation does to this generator's latents.</summary>
    public LatentTruncation Truncation { get; set; }

    /// <summary>Draws latents as this generator wants them.</summary>
    /// <param name="count">N.</param>
    /// <param name="threshold">Truncation; null for none.</param>
    /// <param name="random">The random numbers.</param>
    /// <returns>[N, Z], float32.</returns>
    /// <exception cref="AtelierException">The threshold is too small or not a number.</exception>
    public Tensor DrawLatent(long count, double? threshold, Generator random)
    {
        if (Truncation == LatentTruncation.Redraw)
            return TruncatedNormal.Draw(count, LatentSize, threshold, random);
        using var scope = new TensorScope();
        return scope.Keep(TruncatedNormal.Draw(count, LatentSize, ScaledRange, random) * (threshold ?? 1));
    }

    /// <summary>Makes images.</summary>
    /// <param name="latent">[N, Z], float32.</param>
    /// <param name="classes">Class ids [N], int64.</param>
    /// <returns>[N, C, R, R] in [-1, 1].</returns>
    public abstract Tensor Generate(Tensor latent, Tensor classes);

    /// <summary>
    /// The vector that stands for each class, [N, S], when classes share one embedding; else null.
    /// </summary>
    public abstract Tensor? EmbedClasses(Tensor classes);

    /// <summary>Makes images from embedded classes, for interpolation between classes.</summary>
    /// <param name="latent">[N, Z], float32.</param>
    /// <param name="embedded">[N, S] as <see cref="EmbedClasses"/> gives.</param>
    /// <returns>[N, C, R, R] in [-1, 1].</returns>
    public abstract Tensor GenerateFromEmbedding(Tensor latent, Tensor embedded);
}
