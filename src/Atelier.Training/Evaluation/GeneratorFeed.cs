using Atelier.Gan;
using Atelier.Metrics;
using Atelier.Torch;

namespace Atelier.Training.Evaluation;

/// <summary>
/// A generator as a stream of images to score: every class equally often, latents from a seed of its own, so
/// that the same weights always give the same images.
/// </summary>
public sealed class GeneratorFeed : IDisposable
{
    private readonly GeneratorNetwork generator;
    private readonly double? threshold;
    private readonly Generator random;

    /// <summary>
    /// Prepares a feed; the generator is in evaluation mode, with the statistics to sample with.
    /// </summary>
    public GeneratorFeed(GeneratorNetwork generator, double? threshold, ulong seed)
    {
        this.generator = generator;
        this.threshold = threshold;
        random = new Generator(Device.Cpu, seed);
    }

    /// <summary>The feed: batches must be asked for in order.</summary>
    public ImageBatch Next(int start, int count)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var latent = generator.DrawLatent(count, threshold, random);
        var classes = Aten.Arange(start, start + count, 1, DType.Int64).Remainder(generator.ClassCount);
        return ImageBatch.FromTensor(generator.Generate(latent, classes), classes.ToArray<long>());
    }

    /// <inheritdoc/>
    public void Dispose() => random.Dispose();
}
