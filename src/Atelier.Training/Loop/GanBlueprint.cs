using Atelier.Gan;
using Atelier.Nn;
using Atelier.Training.Recipes;

namespace Atelier.Training.Loop;

/// <summary>The two networks of a recipe for a dataset, not built yet.</summary>
/// <param name="Family">The architecture.</param>
/// <param name="OptionsJson">Its options, as the family writes them.</param>
public sealed record GanBlueprint(IGanFamily Family, string OptionsJson)
{
    /// <summary>What their latents are drawn from.</summary>
    public LatentOptions Latent { get; init; } = LatentOptions.Normal;

    /// <summary>From a recipe and the facts of the dataset that the recipe does not know.</summary>
    /// <exception cref="AtelierException">The recipe's model does not take images of this size.</exception>
    public static GanBlueprint Of(
        ModelSettings model, int imageChannels, ImageSize images, int classCount)
    {
        if (images != model.Resolution)
            throw new AtelierException(
                FailureKind.Usage,
                $"The dataset has images of {images} pixels and the recipe makes " +
                $"{model.Resolution}. Pack the dataset with --size {model.Resolution.ToShortText()}, or " +
                "set " +
                $"model.resolution to {images.ToShortText()}.");
        return Of(model.Family, Request(model, imageChannels, classCount)) with { Latent = model.Latent };
    }

    /// <summary>The networks of a recipe without weights: to look at, not to train.</summary>
    public static GanBlueprint Blank(ModelSettings model, int imageChannels, int classCount) =>
        Of(
            model.Family,
            Request(model, imageChannels, classCount) with { Initialization = WeightInitialization.Blank });

    private static GanBlueprint Of(string name, ArchitectureRequest request)
    {
        var family = FamilyCatalogue.Find(name);
        return new GanBlueprint(family, family.OptionsJson(request));
    }

    private static ArchitectureRequest Request(ModelSettings model, int imageChannels, int classCount)
    {
        var norm = model.SpectralNorm;
        var normOptions = new SpectralNormOptions(norm.Eps, norm.Iterations, norm.SingularValues);
        return new ArchitectureRequest
        {
            Resolution = model.Resolution,
            ImageChannels = imageChannels,
            ClassCount = classCount,
            IsConditional = model.Conditional,
            GeneratorChannels = model.Channels,
            DiscriminatorChannels = model.DiscriminatorChannels,
            GeneratorWidths = model.GeneratorWidths,
            DiscriminatorWidths = model.DiscriminatorWidths,
            LatentSize = model.LatentSize,
            HasSharedEmbedding = model.SharedEmbedding,
            SharedEmbeddingSize = model.SharedSize,
            HasHierarchicalLatent = model.HierarchicalLatent,
            GeneratorAttentionResolutions = model.Attention,
            DiscriminatorAttentionResolutions = model.DiscriminatorAttention,
            GeneratorSpectralNorm = norm.Generator ? normOptions : null,
            DiscriminatorSpectralNorm = norm.Discriminator ? normOptions : null,
            BatchNormEpsilon = model.BatchNormEps,
            Initialization = model.Initialization,
        };
    }
}
