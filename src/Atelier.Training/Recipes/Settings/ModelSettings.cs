using Atelier.Gan;
using Atelier.Nn;

namespace Atelier.Training.Recipes;

/// <summary>The architecture of generator and discriminator.</summary>
/// <param name="Family">Name of the architecture.</param>
/// <param name="Resolution">Size of the images in pixels.</param>
/// <param name="Conditional">Whether the networks see the classes.</param>
/// <param name="Channels">The width "ch" that every layer's width is a multiple of; in G.</param>
/// <param name="DiscriminatorChannels">The same in D.</param>
/// <param name="GeneratorWidths">
/// Multiples of ch: the stem's, then each block's output; null for the family's plan.
/// </param>
/// <param name="DiscriminatorWidths">
/// Multiples of ch: each block's output; null for the family's plan.
/// </param>
/// <param name="LatentSize">Length of z.</param>
/// <param name="Latent">What z is drawn from.</param>
/// <param name="SharedEmbedding">True where one class embedding feeds every conditional BatchNorm.</param>
/// <param name="SharedSize">Length of that embedding.</param>
/// <param name="HierarchicalLatent">True where z is cut into chunks, one a block (skip-z).</param>
/// <param name="Attention">Longer sides of G's maps, in pixels, that are followed by self-attention.</param>
/// <param name="DiscriminatorAttention">Those of D's maps.</param>
/// <param name="SpectralNorm">Where weights are divided by their largest singular value.</param>
/// <param name="BatchNormEps">Added to the variance in BatchNorm.</param>
/// <param name="Initialization">Law of the initial weights.</param>
public sealed record ModelSettings(
    string Family,
    ImageSize Resolution,
    bool Conditional,
    int Channels,
    int DiscriminatorChannels,
    IReadOnlyList<int>? GeneratorWidths,
    IReadOnlyList<int>? DiscriminatorWidths,
    int LatentSize,
    LatentOptions Latent,
    bool SharedEmbedding,
    int SharedSize,
    bool HierarchicalLatent,
    IReadOnlyList<int> Attention,
    IReadOnlyList<int> DiscriminatorAttention,
    SpectralNormSettings SpectralNorm,
    double BatchNormEps,
    WeightInitialization Initialization);
