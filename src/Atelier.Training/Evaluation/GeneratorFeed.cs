using Atelier.Gan;
using Atelier.Metrics;
using Atelier.Torch;

namespace Atelier.Training.Evaluation;

/// <summary>
/// A generator as a stream of images to score: every class equally often or one class alone, latents from a
/// seed of its own, so that the same weights always give the same images.
/// </summary>
public sealed class GeneratorFeed : IDisposable
{
    private readonly GeneratorNetwork generator;
    private readonly double? threshold;
    private readonly int? onlyClass;
    private readonly Generator random;

    /// <summary>
    /// Prepares a feed; the generator is in evaluation mode, with the statistics to sample with.
    /// </summary>
    /// <param name="generator">It stays the caller's.</param>
    /// <param name="threshold">Truncation of the latents; null for none.</param>
    /// <param name="seed">The seed of the latents.</param>
    /// <param name="onlyClass">Images of this class alone; null for every class in turn.</param>
    public GeneratorFeed(
        GeneratorNetwork generator, double? threshold, ulong seed, int? onlyClass = null)
    {
        this.generator = generator;
        this.threshold = threshold;
        this.onlyClass = onlyClass;
        random = new Generator(Device.Cpu, seed);
    }

    /// <summary>The feed: batches must be asked for in order.</summary>
    public ImageBatch Next(int start, int count)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var latent = generator.DrawLatents(count, threshold, random);
        var classes = onlyClass is { } id
            ? Tensor.Full([count], id, DType.Int64)
            : Aten.Arange(start, start + count, 1, DType.Int64).Remainder(generator.ClassCount);
        return ImageBatch.FromTensor(generator.Generate(latent, classes), classes.ToArray<long>());
    }

    /// <inheritdoc/>
    public void Dispose() => random.Dispose();
}
