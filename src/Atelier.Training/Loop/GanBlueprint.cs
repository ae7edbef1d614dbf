using Atelier.Gan;
using Atelier.Gan.BigGan;
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
    public static GanBlueprint Of(ModelSettings model, int imageChannels, int imageSize, int classCount)
    {
        if (imageSize != model.Resolution)
            throw new AtelierException(
                FailureKind.Usage,
                $"The dataset has images of {imageSize} px and the recipe makes {model.Resolution} px. " +
                $"Pack the dataset with --size {model.Resolution}, or set model.resolution and data.size.");
        var options = new BigGanOptions
        {
            Resolution = model.Resolution,
            ImageChannels = imageChannels,
            ClassCount = classCount,
            GeneratorChannels = model.Channels,
            DiscriminatorChannels = model.Channels,
            GeneratorWidths = model.GeneratorWidths,
            DiscriminatorWidths = model.DiscriminatorWidths,
            LatentSize = model.LatentSize,
            HasSharedEmbedding = model.SharedEmbedding,
            SharedEmbeddingSize = model.SharedSize,
            HasHierarchicalLatent = model.HierarchicalLatent,
            AttentionResolutions = model.Attention,
            GeneratorSpectralNorm =
                model.SpectralNorm.Generator ? new SpectralNormOptions(model.SpectralNorm.Eps) : null,
            DiscriminatorSpectralNorm =
                model.SpectralNorm.Discriminator ? new SpectralNormOptions(model.SpectralNorm.Eps) : null,
            BatchNormEpsilon = model.BatchNormEps,
            Initialization = model.Initialization,
        };
        return new GanBlueprint(FamilyCatalogue.Find(model.Family), BigGanFamily.ToJson(options.Checked()))
        {
            Latent = model.Latent,
        };
    }
}
