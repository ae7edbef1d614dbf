using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// The nearest real images of generated ones, in pixels and in features (BigGAN paper, appendix A), chunk by
/// chunk.
/// </summary>
/// <param name="images">The real images.</param>
/// <param name="options">How; the usual way when null.</param>
public sealed class NeighbourSearch(IImageSet images, MetricRunOptions? options = null)
{
    private const int ChunkImages = 512;
    private const float LargestByte = 255;

    /// <summary>By the Euclidean distance of pixel values from 0 to 1.</summary>
    /// <param name="queries">Bytes [Q, C, H, W], row-major, of the real images' shape.</param>
    /// <param name="wanted">k.</param>
    /// <param name="cancellationToken">Stops between chunks.</param>
    /// <returns>For each query its neighbours, the nearest first.</returns>
    /// <exception cref="AtelierException">Queries of another size (Usage).</exception>
    public IReadOnlyList<IReadOnlyList<Neighbour>> ByPixels(
        ReadOnlyMemory<byte> queries, int wanted, CancellationToken cancellationToken = default)
    {
        var length = images.ImageBytes;
        // Whole numbers up to 255: every product and sum of them is exact, so equal images are at 0.
        var nearest = new NearestNeighbours(Numbers(queries.Span), length, wanted);
        for (var start = 0; start < images.Count; start += ChunkImages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var indices = Enumerable.Range(start, Math.Min(ChunkImages, images.Count - start)).ToArray();
            var bytes = new byte[indices.Length * length];
            images.CopyImages(indices, bytes);
            nearest.Add(Numbers(bytes));
            options?.Progress?.Invoke(
                new MetricProgress(MetricStage.Reference, start + indices.Length, images.Count));
        }

        return Collect(nearest, queries.Length / length, LargestByte);
    }

    /// <summary>By the Euclidean distance of a backbone's features.</summary>
    /// <param name="backbone">Whose features.</param>
    /// <param name="queries">Bytes [Q, C, H, W], row-major, of the real images' shape.</param>
    /// <param name="wanted">k.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>For each query its neighbours, the nearest first.</returns>
    /// <exception cref="AtelierException">Images of a size that the backbone does not take
    /// (Usage).</exception>
    public IReadOnlyList<IReadOnlyList<Neighbour>> ByFeatures(
        IBackbone backbone, ReadOnlyMemory<byte> queries, int wanted,
        CancellationToken cancellationToken = default)
    {
        var settings = options ?? new MetricRunOptions();
        var imageBytes = backbone.Input.ImageBytes;
        var count = queries.Length / imageBytes;
        var features = new List<float>(count * backbone.FeatureCount);
        FeaturePass.Run(
            backbone,
            (start, some) => ImageBatch.FromBytes(queries.Slice(start * imageBytes, some * imageBytes)),
            count, MetricStage.Scored, settings with { Progress = null },
            batch => features.AddRange(batch.Features.Span), cancellationToken);
        var nearest = new NearestNeighbours([.. features], backbone.FeatureCount, wanted);
        using var scope = new TensorScope();
        var real = new FeatureStore(settings).Features(
            backbone, images, MetricStage.Reference, cancellationToken);
        for (var start = 0L; start < images.Count; start += ChunkImages)
        {
            using var chunk = new TensorScope();
            nearest.Add(
                real.Narrow(0, start, Math.Min(ChunkImages, images.Count - start)).ToArray<float>());
        }

        return Collect(nearest, count, 1);
    }

    private static IReadOnlyList<IReadOnlyList<Neighbour>> Collect(
        NearestNeighbours nearest, int count, double unit) =>
    [
        .. Enumerable.Range(0, count).Select(q => (IReadOnlyList<Neighbour>)
            [.. nearest.Of(q).Select(n => n with { Distance = n.Distance / unit })]),
    ];

    private static float[] Numbers(ReadOnlySpan<byte> bytes)
    {
        var numbers = new float[bytes.Length];
        for (var k = 0; k < numbers.Length; k++) numbers[k] = bytes[k];
        return numbers;
    }
}
