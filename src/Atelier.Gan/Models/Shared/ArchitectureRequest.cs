using Atelier.Nn;

namespace Atelier.Gan;

/// <summary>
/// What a recipe and a dataset ask of an architecture, in words that every family understands; a family
/// refuses what it has not.
/// </summary>
public sealed record ArchitectureRequest
{
    /// <summary>Size of the images.</summary>
    public required ImageSize Resolution { get; init; }

    /// <summary>Channels of the images.</summary>
    public required int ImageChannels { get; init; }

    /// <summary>Number of classes of the dataset.</summary>
    public required int ClassCount { get; init; }

    /// <summary>Whether the networks see the classes.</summary>
    public bool IsConditional { get; init; } = true;

    /// <summary>The channel unit of G.</summary>
    public required int GeneratorChannels { get; init; }

    /// <summary>The channel unit of D.</summary>
    public required int DiscriminatorChannels { get; init; }

    /// <summary>Multiples of the unit in G; null for the family's plan.</summary>
    public IReadOnlyList<int>? GeneratorWidths { get; init; }

    /// <summary>Multiples of the unit in D; null for the family's plan.</summary>
    public IReadOnlyList<int>? DiscriminatorWidths { get; init; }

    /// <summary>Size of z.</summary>
    public required int LatentSize { get; init; }

    /// <summary>One class embedding for all BatchNorms.</summary>
    public bool HasSharedEmbedding { get; init; }

    /// <summary>Size of that embedding.</summary>
    public int SharedEmbeddingSize { get; init; } = 128;

    /// <summary>Skip-z: chunks of z for the blocks.</summary>
    public bool HasHierarchicalLatent { get; init; }

    /// <summary>Longer sides of G's maps with self-attention.</summary>
    public IReadOnlyList<int> GeneratorAttentionResolutions { get; init; } = [];

    /// <summary>Longer sides of D's maps with self-attention.</summary>
    public IReadOnlyList<int> DiscriminatorAttentionResolutions { get; init; } = [];

    /// <summary>Spectral norm in G; null for none.</summary>
    public SpectralNormOptions? GeneratorSpectralNorm { get; init; }

    /// <summary>Spectral norm in D; null for none.</summary>
    public SpectralNormOptions? DiscriminatorSpectralNorm { get; init; }

    /// <summary>Added to the variance in BatchNorm.</summary>
    public double BatchNormEpsilon { get; init; } = 1e-5;

    /// <summary>How weights start.</summary>
    public WeightInitialization Initialization { get; init; }

    /// <summary>Whether either network has self-attention.</summary>
    internal bool HasAttention =>
        GeneratorAttentionResolutions.Count + DiscriminatorAttentionResolutions.Count > 0;

    /// <summary>Says that a family is defined without something, or with it.</summary>
    /// <exception cref="AtelierException">It was asked for otherwise.</exception>
    internal static void Refuse(string family, bool isWrong, string key, string right)
    {
        if (!isWrong) return;
        throw new AtelierException(
            FailureKind.Usage,
            $"The architecture '{family}' is defined by {key}: {right}. Set it so, or use model.family: " +
            "biggan, where it is free.");
    }

    /// <summary>Options with the values that every family takes from here, checked.</summary>
    /// <exception cref="AtelierException">A value is outside its range.</exception>
    internal T Fill<T>(T options)
        where T : ArchitectureOptions
    {
        var filled = (T)(options with
        {
            Resolution = Resolution,
            ImageChannels = ImageChannels,
            ClassCount = IsConditional ? ClassCount : 1,
            IsConditional = IsConditional,
            GeneratorChannels = GeneratorChannels,
            DiscriminatorChannels = DiscriminatorChannels,
            GeneratorWidths = GeneratorWidths,
            DiscriminatorWidths = DiscriminatorWidths,
            LatentSize = LatentSize,
            SharedEmbeddingSize = SharedEmbeddingSize,
            GeneratorAttentionResolutions = GeneratorAttentionResolutions,
            DiscriminatorAttentionResolutions = DiscriminatorAttentionResolutions,
            GeneratorSpectralNorm = GeneratorSpectralNorm,
            DiscriminatorSpectralNorm = DiscriminatorSpectralNorm,
            BatchNormEpsilon = BatchNormEpsilon,
            Initialization = Initialization,
        });
        filled.Check();
        return filled;
    }
}
