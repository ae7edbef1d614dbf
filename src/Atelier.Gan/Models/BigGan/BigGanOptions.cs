using System.Globalization;
using Atelier.Nn;

namespace Atelier.Gan.BigGan;

/// <summary>
/// Everything that fixes the structure of a BigGAN; stored in a model file, enough to build it again.
/// </summary>
public sealed record BigGanOptions
{
    /// <summary>Side of the images in pixels: 32, 64, 128, 256 or 512.</summary>
    public int Resolution { get; init; } = 32;

    /// <summary>Channels of the images.</summary>
    public int ImageChannels { get; init; } = 3;

    /// <summary>Number of classes, at least 1.</summary>
    public int ClassCount { get; init; } = 10;

    /// <summary>The channel unit of G (`ch` of the paper: 64 baseline, 96 best).</summary>
    public int GeneratorChannels { get; init; } = 64;

    /// <summary>The channel unit of D.</summary>
    public int DiscriminatorChannels { get; init; } = 64;

    /// <summary>
    /// Multiples of the unit in G, one for 4x4 and one for each block; null for the reference's plan.
    /// </summary>
    public IReadOnlyList<int>? GeneratorWidths { get; init; }

    /// <summary>Multiples of the unit in D, one for each block; null for the reference's plan.</summary>
    public IReadOnlyList<int>? DiscriminatorWidths { get; init; }

    /// <summary>Size of z: 128 for CIFAR-10; 120, 140 and 160 at 128, 256 and 512 px.</summary>
    public int LatentSize { get; init; } = 128;

    /// <summary>
    /// One class embedding for all BatchNorms, projected linearly, instead of a table in each.
    /// </summary>
    public bool HasSharedEmbedding { get; init; }

    /// <summary>Size of the shared embedding; 128 in the paper.</summary>
    public int SharedEmbeddingSize { get; init; } = 128;

    /// <summary>Skip-z: z is cut into equal chunks, one for the first layer and one for each block.</summary>
    public bool HasHierarchicalLatent { get; init; }

    /// <summary>Resolutions whose blocks are followed by self-attention, in both networks.</summary>
    public IReadOnlyList<int> AttentionResolutions { get; init; } = [];

    /// <summary>Spectral norm in G; null for none.</summary>
    public SpectralNormOptions? GeneratorSpectralNorm { get; init; } = new();

    /// <summary>Spectral norm in D; null for none.</summary>
    public SpectralNormOptions? DiscriminatorSpectralNorm { get; init; } = new();

    /// <summary>Added to the variance in BatchNorm.</summary>
    public double BatchNormEpsilon { get; init; } = 1e-5;

    /// <summary>How weights start.</summary>
    public WeightInitialization Initialization { get; init; } = WeightInitialization.Orthogonal;

    /// <summary>
    /// These options, after a check of every range: they may come from a file that nobody vouches for.
    /// </summary>
    /// <exception cref="AtelierException">A number is outside its range; the message names it.</exception>
    public BigGanOptions Checked()
    {
        Require(ImageChannels is >= 1 and <= 4, "image_channels", ImageChannels, "1 to 4");
        Require(ClassCount is >= 1 and <= 1_000_000, "class_count", ClassCount, "1 to 1,000,000");
        Require(GeneratorChannels is >= 1 and <= 4096, "generator_channels", GeneratorChannels, "1 to 4096");
        Require(
            DiscriminatorChannels is >= 1 and <= 4096, "discriminator_channels", DiscriminatorChannels,
            "1 to 4096");
        Require(LatentSize is >= 1 and <= 65536, "latent_size", LatentSize, "1 to 65536");
        Require(
            SharedEmbeddingSize is >= 1 and <= 65536, "shared_embedding_size", SharedEmbeddingSize,
            "1 to 65536");
        Require(BatchNormEpsilon is > 0 and < 1, "batch_norm_epsilon", BatchNormEpsilon, "between 0 and 1");
        foreach (var width in (GeneratorWidths ?? []).Concat(DiscriminatorWidths ?? []))
            Require(width is >= 1 and <= 1024, "a width", width, "1 to 1024");
        return this;
    }

    private static void Require(bool holds, string name, double value, string range)
    {
        if (holds) return;
        throw new AtelierException(
            FailureKind.Usage,
            string.Create(CultureInfo.InvariantCulture, $"BigGAN's {name} is {value}; expected {range}."));
    }
}
