using System.Globalization;
using System.Text.Json.Serialization;
using Atelier.Nn;

namespace Atelier.Gan;

/// <summary>
/// What every architecture here has in common; with a family's own options it is stored in a model file,
/// enough to build the networks again.
/// </summary>
public abstract record ArchitectureOptions
{
    /// <summary>Size of the images; <see cref="ShapePlan"/> says which can be.</summary>
    [JsonConverter(typeof(ImageSizeJson))]
    public ImageSize Resolution { get; init; } = 32;

    /// <summary>Channels of the images: 1 grey, 3 colour, 4 colour with alpha.</summary>
    public int ImageChannels { get; init; } = 3;

    /// <summary>Number of classes, at least 1; 1 without conditioning.</summary>
    public int ClassCount { get; init; } = 10;

    /// <summary>
    /// Whether classes reach the networks. Without, G's BatchNorms are plain (or see z alone, where z reaches
    /// them) and D has no projection.
    /// </summary>
    public bool IsConditional { get; init; } = true;

    /// <summary>The channel unit of G (`ch` of the papers: 64 baseline, 96 or 128 best).</summary>
    public int GeneratorChannels { get; init; } = 64;

    /// <summary>The channel unit of D.</summary>
    public int DiscriminatorChannels { get; init; } = 64;

    /// <summary>
    /// Multiples of the unit in G, one for the first map and one for each stage; null for the family's plan.
    /// </summary>
    public IReadOnlyList<int>? GeneratorWidths { get; init; }

    /// <summary>
    /// Multiples of the unit in D, one for each block (BigGAN-deep: one for the first convolution and one
    /// for each change of resolution); null for the family's plan.
    /// </summary>
    public IReadOnlyList<int>? DiscriminatorWidths { get; init; }

    /// <summary>Size of z.</summary>
    public int LatentSize { get; init; } = 128;

    /// <summary>Size of the shared class embedding, where there is one; 128 in the paper.</summary>
    public int SharedEmbeddingSize { get; init; } = 128;

    /// <summary>Longer sides of the maps of G that are followed by self-attention.</summary>
    public IReadOnlyList<int> GeneratorAttentionResolutions { get; init; } = [];

    /// <summary>Longer sides of the maps of D that are followed by self-attention.</summary>
    public IReadOnlyList<int> DiscriminatorAttentionResolutions { get; init; } = [];

    /// <summary>Spectral norm in G; null for none.</summary>
    public SpectralNormOptions? GeneratorSpectralNorm { get; init; } = new();

    /// <summary>Spectral norm in D; null for none.</summary>
    public SpectralNormOptions? DiscriminatorSpectralNorm { get; init; } = new();

    /// <summary>Added to the variance in BatchNorm.</summary>
    public double BatchNormEpsilon { get; init; } = 1e-5;

    /// <summary>
    /// The same for the last BatchNorm of G, where it differs: BigGAN-PyTorch does not hand its option on to
    /// that one. Null for <see cref="BatchNormEpsilon"/>.
    /// </summary>
    public double? OutputNormEpsilon { get; init; }

    /// <summary>
    /// Whether G's BatchNorms add their gain instead of multiplying by it, as BigGAN-PyTorch's synchronised
    /// BatchNorm does in evaluation; only imported weights need it.
    /// </summary>
    public bool AddsNormGain { get; init; }

    /// <summary>How weights start.</summary>
    public WeightInitialization Initialization { get; init; } = WeightInitialization.Orthogonal;

    /// <summary>
    /// Checks every range and rule: options may come from a file that nobody vouches for.
    /// </summary>
    /// <exception cref="AtelierException">A value is outside its range, or there is no plan for the images;
    /// the message names it.</exception>
    public virtual void Check()
    {
        _ = ShapePlan.Of(Resolution);
        Require(ImageChannels is >= 1 and <= 4, "image_channels", ImageChannels, "1 to 4");
        Require(ClassCount is >= 1 and <= 1_000_000, "class_count", ClassCount, "1 to 1,000,000");
        Require(IsConditional || ClassCount == 1, "class_count", ClassCount, "1 without conditioning");
        Require(GeneratorChannels is >= 1 and <= 4096, "generator_channels", GeneratorChannels, "1 to 4096");
        Require(
            DiscriminatorChannels is >= 1 and <= 4096, "discriminator_channels", DiscriminatorChannels,
            "1 to 4096");
        Require(LatentSize is >= 1 and <= 65536, "latent_size", LatentSize, "1 to 65536");
        Require(
            SharedEmbeddingSize is >= 1 and <= 65536, "shared_embedding_size", SharedEmbeddingSize,
            "1 to 65536");
        Require(BatchNormEpsilon is > 0 and < 1, "batch_norm_epsilon", BatchNormEpsilon, "between 0 and 1");
        Require(
            OutputNormEpsilon is null or (> 0 and < 1), "output_norm_epsilon", OutputNormEpsilon ?? 0,
            "between 0 and 1");
        foreach (var width in (GeneratorWidths ?? []).Concat(DiscriminatorWidths ?? []))
            Require(width is >= 1 and <= 1024, "a width", width, "1 to 1024");
        CheckNorm("generator_spectral_norm", GeneratorSpectralNorm);
        CheckNorm("discriminator_spectral_norm", DiscriminatorSpectralNorm);
    }

    /// <summary>Throws a sentence about an option unless a condition holds.</summary>
    protected static void Require(bool holds, string name, double value, string range)
    {
        if (holds) return;
        throw new AtelierException(
            FailureKind.Usage,
            string.Create(
                CultureInfo.InvariantCulture, $"The model's {name} is {value}; expected {range}."));
    }

    private static void CheckNorm(string name, SpectralNormOptions? norm)
    {
        if (norm is null) return;
        Require(norm.Epsilon is > 0 and <= 1, name + ".epsilon", norm.Epsilon, "above 0 and at most 1");
        Require(norm.Iterations is >= 1 and <= 100, name + ".iterations", norm.Iterations, "1 to 100");
        Require(
            norm.SingularValues is >= 1 and <= 16, name + ".singular_values", norm.SingularValues, "1 to 16");
    }
}
