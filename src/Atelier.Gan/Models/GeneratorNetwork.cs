using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>A generator, class-conditional or not.</summary>
public abstract class GeneratorNetwork : Module
{
    /// <summary>Size of the latent vector.</summary>
    public abstract int LatentSize { get; }

    /// <summary>What its latents are drawn from, in training and ever after; a model file keeps it.</summary>
    public LatentLaw Latent { get; set; } = new NormalLatent();

    /// <summary>Draws latents for it.</summary>
    /// <param name="count">N.</param>
    /// <param name="threshold">Truncation; null for none.</param>
    /// <param name="random">The random numbers.</param>
    /// <returns>[N, Z], float32.</returns>
    /// <exception cref="AtelierException">The threshold is too small, or the law knows no truncation
    /// (Usage).</exception>
    public Tensor DrawLatents(long count, double? threshold, Generator random) =>
        Latent.Draw(count, LatentSize, threshold, random);

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

    /// <summary>Height and width of the images.</summary>
    public abstract ImageSize ImageSize { get; }

    /// <summary>The longer side of the images in pixels, the last of those by which attention is
    /// placed.</summary>
    public int Resolution => ImageSize.LongSide;

    /// <summary>Numbers of one image, C * H * W; its bytes when it is stored as uint8.</summary>
    public int ImageBytes => checked(ImageChannels * ImageSize.Height * ImageSize.Width);

    /// <summary>Makes images.</summary>
    /// <param name="latent">[N, Z], float32.</param>
    /// <param name="classes">Class ids [N], int64.</param>
    /// <returns>[N, C, H, W] in [-1, 1].</returns>
    public abstract Tensor Generate(Tensor latent, Tensor classes);

    /// <summary>
    /// The vector that stands for each class, [N, S], between which one can go in a straight line: the shared
    /// embedding, or the share of each class [N, K] where every layer has a table of its own. Null when the
    /// architecture knows class ids only.
    /// </summary>
    /// <param name="classes">Class ids [N], int64.</param>
    public abstract Tensor? EmbedClasses(Tensor classes);

    /// <summary>Makes images from embedded classes, for interpolation between classes.</summary>
    /// <param name="latent">[N, Z], float32.</param>
    /// <param name="embedded">[N, S] as <see cref="EmbedClasses"/> gives, or a mixture of such rows.</param>
    /// <returns>[N, C, H, W] in [-1, 1].</returns>
    public abstract Tensor GenerateFromEmbedding(Tensor latent, Tensor embedded);
}
