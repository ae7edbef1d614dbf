using Atelier.Gan;
using Atelier.Metrics;
using Atelier.Torch;

namespace Atelier.Training.Evaluation;

/// <summary>
/// A generator as a stream of images to score: every class equally often or one class alone, latents from a
/// seed of its own, so that the same weights always give the same images. They are made in blocks whose size
/// follows from the resolution alone: however they are asked for, every image is the same to the last bit.
/// </summary>
public sealed class GeneratorFeed : IDisposable
{
    private const int MostAtOnce = 100;
    private const int FewestAtOnce = 4;
    private const int SideAtMost = 64;

    private readonly GeneratorNetwork generator;
    private readonly double? threshold;
    private readonly int? onlyClass;
    private readonly Generator random;
    private ImageBatch? block;
    private int blockStart;

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

    private int ImagesAtOnce => Math.Clamp(
        MostAtOnce * SideAtMost * SideAtMost / (generator.Resolution * generator.Resolution), FewestAtOnce,
        MostAtOnce);

    /// <summary>The feed: batches must be asked for in order.</summary>
    public ImageBatch Next(int start, int count)
    {
        var imageBytes = generator.ImageChannels * generator.Resolution * generator.Resolution;
        var (images, labels) = (new byte[count * imageBytes], new long[count]);
        for (var done = 0; done < count;)
        {
            while (block is null || start + done >= blockStart + ImagesAtOnce) Generate();
            var first = start + done - blockStart;
            var some = Math.Min(count - done, ImagesAtOnce - first);
            block.Images.Span.Slice(first * imageBytes, some * imageBytes)
                .CopyTo(images.AsSpan(done * imageBytes));
            block.Labels.Span.Slice(first, some).CopyTo(labels.AsSpan(done));
            done += some;
        }

        return ImageBatch.FromBytes(images, labels);
    }

    /// <inheritdoc/>
    public void Dispose() => random.Dispose();

    private void Generate()
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        blockStart = block is null ? 0 : blockStart + ImagesAtOnce;
        var latent = generator.DrawLatents(ImagesAtOnce, threshold, random);
        var classes = onlyClass is { } id
            ? Tensor.Full([ImagesAtOnce], id, DType.Int64)
            : Aten.Arange(blockStart, blockStart + ImagesAtOnce, 1, DType.Int64)
                .Remainder(generator.ClassCount);
        block = ImageBatch.FromTensor(Images(latent, classes), classes.ToArray<long>());
    }

    private Tensor Images(Tensor latent, Tensor classes)
    {
        var device = generator.Parameters()[0].Device;
        var images = generator.Generate(latent.Send(device), classes.Send(device));
        return images.To(Device.Cpu, images.DType);
    }
}
