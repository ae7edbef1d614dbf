using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>Sends images through a backbone in batches; never more than one batch is in memory.</summary>
internal static class FeaturePass
{
    private const int LargestBatch = 4096;

    public static void Run(
        IBackbone backbone, ImageFeed feed, int count, MetricStage stage, MetricRunOptions options,
        Action<MetricBatch> take, CancellationToken cancellationToken)
    {
        Images(
            feed, count, ImageShape.Of(backbone.Input), stage, options,
            batch => take(Extract(backbone, batch)), cancellationToken);
    }

    /// <summary>The same without a backbone: images and labels only.</summary>
    public static void Images(
        ImageFeed feed, int count, ImageShape shape, MetricStage stage, MetricRunOptions options,
        Action<MetricBatch> take, CancellationToken cancellationToken)
    {
        if (options.BatchSize is < 1 or > LargestBatch)
        {
            throw new AtelierException(
                FailureKind.Usage,
                $"A batch of {options.BatchSize} images was asked for; expected 1 to {LargestBatch}.");
        }

        for (var start = 0; start < count; start += options.BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var wanted = Math.Min(options.BatchSize, count - start);
            var batch = feed(start, wanted);
            CheckLength(batch, wanted, shape);
            take(new MetricBatch(wanted, batch.Images, batch.Labels, default, default));
            options.Progress?.Invoke(new MetricProgress(stage, start + wanted, count));
        }
    }

    private static MetricBatch Extract(IBackbone backbone, MetricBatch batch)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var (width, height) = backbone.Input.Size;
        var images = ImageQuantiser.ToTensor(batch.Images.Span, backbone.Input.Channels, height, width);
        var (features, logits) = backbone.Extract(images);
        var rows = features.ToArray<float>();
        CheckFinite(backbone, rows);
        return batch with { Features = rows, Logits = logits.ToArray<float>() };
    }

    /// <summary>Bytes are always finite, so it is the weights that are not.</summary>
    private static void CheckFinite(IBackbone backbone, float[] features)
    {
        foreach (var value in features)
            if (!float.IsFinite(value))
                throw new AtelierException(
                    FailureKind.Checkpoint,
                    $"The backbone '{backbone.Name}' gives features that are {value} where every one must be "
                    + "a finite number: its weights are broken. Take another copy.");
    }

    private static void CheckLength(ImageBatch batch, int wanted, ImageShape shape)
    {
        if (batch.Images.Length != wanted * shape.Bytes)
        {
            throw new AtelierException(
                FailureKind.Dataset,
                $"{wanted} images of {shape} are {wanted * shape.Bytes} bytes; {batch.Images.Length} came. "
                + "The images that are scored must have the size and the channels of the real ones.");
        }

        if (batch.Labels.Length != 0 && batch.Labels.Length != wanted)
        {
            throw new AtelierException(
                FailureKind.Bug,
                $"{batch.Labels.Length} labels came with {wanted} images; give one each, or none.");
        }
    }
}
