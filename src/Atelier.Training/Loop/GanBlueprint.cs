using Atelier.Gan;
using Atelier.Nn;
using Atelier.Training.Recipes;

namespace Atelier.Training.Loop;

/// <summary>The two networks of a recipe for a dataset, not built yet.</summary>
/// <param name="Family">The architecture.</param>
/// <param name="OptionsJson">Its options, as the family writes them.</param>
public sealed record GanBlueprint(IGanFamily Family, string OptionsJson)
{
    /// <summary>From a recipe and the facts of the dataset that the recipe does not know.</summary>
    /// <exception cref="AtelierException">The recipe's model does not take images of this size.</exception>
    public static GanBlueprint Of(ModelSettings model, int imageChannels, int imageSize, int classCount)
    {
        if (imageSize != model.Resolution)
            throw new AtelierException(
                FailureKind.Usage,
                $"The dataset has images of {imageSize} px and the recipe makes {model.Resolution} px. " +
                $"Pack the dataset with --size {model.Resolution}, or set model.resolution and data.size.");
        var family = FamilyCatalogue.Find(model.Family);
        var norm = model.SpectralNorm;
        var normOptions = new SpectralNormOptions(norm.Eps, norm.Iterations, norm.SingularValues);
        var options = family.OptionsJson(new ArchitectureRequest
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
        });
        return new GanBlueprint(family, options);
    }
}
