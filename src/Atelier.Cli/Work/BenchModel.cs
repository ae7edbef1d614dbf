using Atelier.Data;
using Atelier.Training.Benchmarks;
using Atelier.Training.Recipes;

namespace Atelier.Cli.Work;

/// <summary>What was trained, as far as another program needs it to train the same.</summary>
internal sealed record BenchModel(
    string Family, string Loss, int Width, int Height, int ImageChannels, int Classes, int Channels,
    int DiscriminatorChannels, int LatentSize, int? SharedEmbeddingSize, bool HierarchicalLatent,
    IReadOnlyList<int> Attention, IReadOnlyList<int> DiscriminatorAttention, double SpectralNormEps,
    double BatchNormEps, double OrthogonalGenerator, long GeneratorParameters, long DiscriminatorParameters)
{
    /// <summary>Of a recipe on a dataset.</summary>
    public static BenchModel Of(Recipe recipe, PackedDataset images, StepBenchmarkResult result)
    {
        var model = recipe.Model;
        return new BenchModel(
            model.Family, recipe.Loss, model.Resolution.Width, model.Resolution.Height, images.Channels,
            images.ClassNames.Count, model.Channels, model.DiscriminatorChannels, model.LatentSize,
            model.SharedEmbedding ? model.SharedSize : null, model.HierarchicalLatent, model.Attention,
            model.DiscriminatorAttention, model.SpectralNorm.Eps, model.BatchNormEps,
            recipe.Training.Regularisation.Orthogonal.Generator, result.GeneratorParameters,
            result.DiscriminatorParameters);
    }
}
