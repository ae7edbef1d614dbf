using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// Metrics of stored tensors against stored tensors: the metrics of the catalogue, fed from files instead of
/// images and a backbone.
/// </summary>
public static class StoredRun
{
    private const int RowsAtOnce = 1024;

    /// <summary>Computes metrics.</summary>
    /// <param name="real">The real side.</param>
    /// <param name="fake">The generated side.</param>
    /// <param name="metrics">What to compute; see <see cref="MetricCatalogue"/>.</param>
    /// <param name="options">Listeners, and whether metrics that do not fit are left out.</param>
    /// <param name="cancellationToken">Stops between parts of computations.</param>
    /// <returns>The numbers of each metric, in the order of the metrics.</returns>
    /// <exception cref="AtelierException">
    /// A metric whose tensors are missing, other shapes, or too few samples (Dataset).
    /// </exception>
    public static IReadOnlyList<MetricResult> Run(
        StoredTensors real, StoredTensors fake, IReadOnlyList<IMetric> metrics, MetricRunOptions options,
        CancellationToken cancellationToken = default)
    {
        if (fake.Count < 2 || real.Count < 2)
            throw new AtelierException(
                FailureKind.Dataset,
                $"{fake.Path} has {fake.Count} samples and {real.Path} {real.Count}; at least 2 are needed "
                + "on each side, better thousands.");
        using var scope = new TensorScope();
        var context = Context(real, fake, options);
        var supply = StoredSupply.Of(real, fake);
        var chosen = supply.Choose(metrics, context, options.LeavesOutUnfit);
        var needs = chosen.Aggregate(
            MetricNeeds.None, (sum, metric) => sum | metric.Needs | supply.Of(metric.Wants));
        if ((needs & StoredSupply.OfFeatures) != MetricNeeds.None && real.Features is { } left
            && fake.Features is { } right)
            FeatureBlocks.CheckPair(left, right);
        if (needs.HasFlag(MetricNeeds.AllImages | MetricNeeds.RealImages)) CheckImages(real, fake);

        var passes = new MetricPasses(chosen, needs & ~MetricNeeds.AllFeatures, context);
        Feed(fake, passes, needs, options, cancellationToken);
        var moments = needs.HasFlag(MetricNeeds.RealMoments) ? FeatureStatistics.Of(real.Features!) : null;
        var scored = new MetricSide(fake.Count, fake.Features, null, passes.Labels, fake.Images);
        var against = new MetricSide(
            real.Count, real.Features, moments,
            needs.HasFlag(MetricNeeds.RealLabels) ? real.Classes!.ToArray<long>() : null, real.Images);
        return passes.Finish(
            metric => new MetricMaterial
            {
                Scored = scored,
                Real = against,
                Warn = options.Warn,
                Progress = (done, total) => options.Progress?.Invoke(
                    new MetricProgress(MetricStage.Computed, done, total, metric.Name)),
                Cancellation = cancellationToken,
            },
            metric => ProtocolOf(metric, real, fake.Count));
    }

    private static MetricContext Context(StoredTensors real, StoredTensors fake, MetricRunOptions options) =>
        new()
        {
            SampleCount = fake.Count,
            RealCount = real.Count,
            FeatureCount = (int)(fake.Features?.Size(1) ?? 0),
            ClassCount = (int)(fake.Logits?.Size(1) ?? 0),
            Channels = fake.Images?.Channels ?? 0,
            Height = fake.Images?.Height ?? 0,
            Width = fake.Images?.Width ?? 0,
            Warn = options.Warn,
        };

    private static void Feed(
        StoredTensors fake, MetricPasses passes, MetricNeeds needs, MetricRunOptions options,
        CancellationToken cancel)
    {
        var labels = needs.HasFlag(MetricNeeds.Labels) ? fake.Classes!.ToArray<long>() : [];
        for (var start = 0; start < fake.Count; start += RowsAtOnce)
        {
            cancel.ThrowIfCancellationRequested();
            var count = Math.Min(RowsAtOnce, fake.Count - start);
            passes.Add(new MetricBatch(
                count, default, labels.Length > 0 ? labels.AsMemory(start, count) : default,
                Rows(fake.Features, needs, MetricNeeds.Features, start, count),
                Rows(fake.Logits, needs, MetricNeeds.Logits, start, count)));
            options.Progress?.Invoke(new MetricProgress(MetricStage.Scored, start + count, fake.Count));
        }
    }

    private static float[] Rows(Tensor? tensor, MetricNeeds needs, MetricNeeds need, int start, int count)
    {
        if (!needs.HasFlag(need)) return [];
        using var scope = new TensorScope();
        return tensor!.Narrow(0, start, count).ToArray<float>();
    }

    private static void CheckImages(StoredTensors real, StoredTensors fake)
    {
        var (left, right) = (ImageShape.Of(real.Images!), ImageShape.Of(fake.Images!));
        if (left != right)
            throw new AtelierException(
                FailureKind.Dataset,
                $"The real images are {left} and the generated ones {right}; both must have one size and the "
                + "same channels.");
    }

    /// <summary>Which backbone made stored features is not known: the real file stands for it.</summary>
    private static MetricProtocol ProtocolOf(IMetric metric, StoredTensors real, int count) => new()
    {
        Metric = metric.Definition,
        Backbone = "stored",
        BackboneSha256 = real.Sha256,
        Resizer = "stored",
        SampleCount = count,
        DatasetHash = real.Sha256,
        Precision = MetricProtocol.Float32,
        Quantisation = "stored",
    };
}
