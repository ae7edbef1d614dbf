using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// Computes metrics of images against real ones, all in one pass over the images. Images are rounded to 8
/// bits first, as the real ones were when they were stored; features are float32, every sum after them is
/// float64.
/// </summary>
public sealed class MetricRun
{
    private readonly IBackbone? backbone;
    private readonly IImageSet reference;
    private readonly IReadOnlyList<IMetric> metrics;
    private readonly MetricRunOptions options;
    private readonly FeatureStore store;
    private FeatureMoments? referenceMoments;

    /// <summary>Plans a run; nothing is computed yet.</summary>
    /// <param name="backbone">Whose features and logits are used; it stays the caller's. Null where no metric
    /// needs one.</param>
    /// <param name="reference">The real images.</param>
    /// <param name="metrics">What to compute; see <see cref="MetricCatalogue"/>.</param>
    /// <param name="options">How; the usual way when null.</param>
    /// <exception cref="AtelierException">The backbone takes images of another size (Dataset).</exception>
    public MetricRun(
        IBackbone? backbone,
        IImageSet reference,
        IReadOnlyList<IMetric> metrics,
        MetricRunOptions? options = null)
    {
        this.backbone = backbone;
        this.reference = reference;
        this.metrics = metrics;
        this.options = options ?? new MetricRunOptions();
        store = new FeatureStore(this.options);
        if (backbone is null || ImageShape.Of(reference) == ImageShape.Of(backbone.Input)) return;
        throw new AtelierException(
            FailureKind.Dataset,
            $"The real images are {ImageShape.Of(reference)} and the backbone takes "
            + $"{ImageShape.Of(backbone.Input)}. Train a backbone on this dataset with 'atelier backbone "
            + "train'.");
    }

    /// <summary>Real images that training does not see, of the same classes; null where there are
    /// none.</summary>
    public IImageSet? HeldOut { get; init; }

    /// <summary>The protocol under which a metric of this run is taken.</summary>
    /// <param name="metric">One of the run's metrics.</param>
    /// <param name="count">How many images are scored.</param>
    public MetricProtocol ProtocolOf(IMetric metric, int count)
    {
        var seen = metric.NeedsBackbone() ? backbone : null;
        return new MetricProtocol
        {
            Metric = metric.Definition,
            Backbone = seen?.Name ?? MetricProtocol.NoBackbone,
            BackboneSha256 = seen?.Sha256 ?? MetricProtocol.NoBackbone,
            Resizer = reference.Resizer,
            SampleCount = count,
            DatasetHash = reference.ContentHash,
            Precision = seen?.Precision ?? MetricProtocol.Float32,
            Preprocessing = seen?.Preprocessing ?? MetricProtocol.NoPreprocessing,
        };
    }

    /// <summary>Scores images of the real images' classes, or without classes.</summary>
    /// <param name="feed">Gives the images, from the first to the last.</param>
    /// <param name="count">How many, at least 2.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>As <see cref="Run(ScoredImages, CancellationToken)"/>.</returns>
    /// <exception cref="AtelierException">As <see cref="Run(ScoredImages, CancellationToken)"/>.</exception>
    public IReadOnlyList<MetricResult> Run(
        ImageFeed feed, int count, CancellationToken cancellationToken = default) =>
        Run(new ScoredImages { Feed = feed, Count = count }, cancellationToken);

    /// <summary>Scores images. It may be called again: what is known of the real images is kept.</summary>
    /// <param name="scored">The images.</param>
    /// <param name="cancellationToken">Stops between batches and between parts of computations.</param>
    /// <returns>The numbers of each metric, in the order of the metrics.</returns>
    /// <exception cref="AtelierException">
    /// Too few images, or images of another size (Dataset); classes that do not fit, or a metric that cannot
    /// be computed here (Usage); NaN in images (Numeric) or in features (Checkpoint).
    /// </exception>
    public IReadOnlyList<MetricResult> Run(
        ScoredImages scored, CancellationToken cancellationToken = default)
    {
        if (scored.Count < 2)
        {
            throw new AtelierException(
                FailureKind.Dataset,
                $"{scored.Count} images cannot be scored; give at least 2, better thousands.");
        }

        using var scope = new TensorScope();
        var context = Context(scored.Count);
        var supply = Supply(scored.ClassNames, scored.Generator?.GetType());
        var chosen = supply.Choose(metrics, context, options.LeavesOutUnfit);
        var needs = chosen.Aggregate(
            MetricNeeds.None, (sum, metric) => sum | metric.Needs | supply.Of(metric.Wants));
        var real = Real(needs, cancellationToken);
        var heldOut = HeldOutSide(needs, cancellationToken);
        var passes = new MetricPasses(chosen, needs, context);
        using var spool = needs.HasFlag(MetricNeeds.AllImages) && scored.Images is null
            ? new ImageSpool(
                scored.Count, ImageShape.Of(reference), scored.ClassNames ?? reference.ClassNames)
            : null;
        Pass(scored, needs, passes, spool, cancellationToken);
        var side = new MetricSide(
            scored.Count, passes.Features, null, passes.Labels,
            needs.HasFlag(MetricNeeds.AllImages) ? scored.Images ?? spool : null);
        return passes.Finish(
            metric => new MetricMaterial
            {
                Scored = side,
                Real = real,
                HeldOut = heldOut,
                Generator = scored.Generator,
                Backbone = backbone,
                Warn = options.Warn,
                Progress = (done, total) => options.Progress?.Invoke(
                    new MetricProgress(MetricStage.Computed, done, total, metric.Name)),
                Cancellation = cancellationToken,
            },
            metric => ProtocolOf(metric, scored.Count));
    }

    /// <summary>Finds out before the work whether a generator of the real images' classes, or without
    /// classes, can be scored.</summary>
    /// <param name="count">How many of its images.</param>
    /// <exception cref="AtelierException">A metric cannot be computed here (Usage).</exception>
    public void Check(int count) =>
        Supply(null, typeof(IScoredGenerator)).Choose(metrics, Context(count), options.LeavesOutUnfit);

    private MetricSupply Supply(IReadOnlyList<string>? classes, Type? generator) =>
        RunSupply.Of(backbone, reference, HeldOut, classes, generator);

    private MetricContext Context(int count) => new()
    {
        SampleCount = count,
        RealCount = reference.Count,
        FeatureCount = backbone?.FeatureCount ?? 0,
        ClassCount = backbone?.ClassNames.Count ?? 0,
        Channels = reference.Channels,
        Height = reference.Height,
        Width = reference.Width,
        Warn = options.Warn,
    };

    private MetricSide Real(MetricNeeds needs, CancellationToken cancel)
    {
        var features = needs.HasFlag(MetricNeeds.RealFeatures)
            ? store.Features(backbone!, reference, MetricStage.Reference, cancel)
            : null;
        if (needs.HasFlag(MetricNeeds.RealMoments))
            referenceMoments ??= store.Moments(backbone!, reference, features, cancel);
        return new MetricSide(
            reference.Count, features, needs.HasFlag(MetricNeeds.RealMoments) ? referenceMoments : null,
            needs.HasFlag(MetricNeeds.RealLabels) ? LabelsOf(reference) : null,
            needs.HasFlag(MetricNeeds.RealImages) ? reference : null);
    }

    private MetricSide? HeldOutSide(MetricNeeds needs, CancellationToken cancel)
    {
        if (HeldOut is not { } images || (needs & MetricNeedsGroups.OfHeldOut) == MetricNeeds.None)
            return null;
        var all = needs.HasFlag(MetricNeeds.HeldOutImages);
        return new MetricSide(
            images.Count,
            needs.HasFlag(MetricNeeds.HeldOutFeatures)
                ? store.Features(backbone!, images, MetricStage.HeldOut, cancel)
                : null,
            null, all ? LabelsOf(images) : null, all ? images : null);
    }

    private void Pass(
        ScoredImages scored, MetricNeeds needs, MetricPasses passes, ImageSpool? spool,
        CancellationToken cancel)
    {
        void Take(MetricBatch batch)
        {
            spool?.Add(batch.Images.Span, batch.Labels.Span);
            passes.Add(batch);
        }

        if ((needs & MetricNeedsGroups.OfScoredFeatures) != MetricNeeds.None)
            FeaturePass.Run(
                backbone!, scored.Feed, scored.Count, MetricStage.Scored, options, Take, cancel);
        else
            FeaturePass.Images(
                scored.Feed, scored.Count, ImageShape.Of(reference), MetricStage.Scored, options, Take,
                cancel);
    }

    private static long[] LabelsOf(IImageSet images)
    {
        var labels = new long[images.Count];
        for (var k = 0; k < labels.Length; k++) labels[k] = images.Label(k);
        return labels;
    }
}
