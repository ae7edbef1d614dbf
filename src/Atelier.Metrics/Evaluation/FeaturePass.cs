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
            CheckLength(batch, wanted, backbone.Input);

            using (new NoGradScope())
            using (new TensorScope())
            {
                var images =
                    ImageQuantiser.ToTensor(batch.Images.Span, backbone.Input.Channels, backbone.Input.Size);
                var (features, logits) = backbone.Extract(images);
                take(new MetricBatch(
                    batch.Images, batch.Labels, features.ToArray<float>(), logits.ToArray<float>()));
            }

            options.Progress?.Invoke(new MetricProgress(stage, start + wanted, count));
        }
    }

    private static void CheckLength(ImageBatch batch, int wanted, BackboneInput input)
    {
        if (batch.Images.Length != wanted * input.ImageBytes)
        {
            throw new AtelierException(
                FailureKind.Usage,
                $"{wanted} images [{input.Channels}, {input.Size}, {input.Size}] are "
                + $"{wanted * input.ImageBytes} bytes; "
                + $"{batch.Images.Length} came. Use a backbone that was trained on images of this size.");
        }

        if (batch.Labels.Length != 0 && batch.Labels.Length != wanted)
        {
            throw new AtelierException(
                FailureKind.Bug,
                $"{batch.Labels.Length} labels came with {wanted} images; give one each, or none.");
        }
    }
}
