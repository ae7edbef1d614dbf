using Atelier.Gan;
using Atelier.Metrics;
using Atelier.Torch;

namespace Atelier.Training.Evaluation;

/// <summary>A generator as metrics see it.</summary>
/// <param name="generator">In evaluation mode, with the statistics to sample with.</param>
/// <param name="threshold">Truncation of the latents; null for none.</param>
public sealed class ScoredGenerator(GeneratorNetwork generator, double? threshold) : IScoredGenerator
{
    /// <inheritdoc/>
    public int ClassCount => generator.ClassCount;

    /// <inheritdoc/>
    public bool HasNormalLatents =>
        generator.Latent is NormalLatent or ScaledNormalLatent or AnnealedNormalLatent;

    /// <inheritdoc/>
    public Tensor DrawLatents(int count, Generator random) =>
        generator.DrawLatents(count, threshold, random);

    /// <inheritdoc/>
    public Tensor Generate(Tensor latents, Tensor classes)
    {
        using var noGrad = new NoGradScope();
        return generator.Generate(latents, classes);
    }
}
