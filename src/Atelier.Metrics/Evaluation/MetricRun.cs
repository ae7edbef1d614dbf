namespace Atelier.Metrics;

/// <summary>
/// Computes metrics of images against real ones, all in one pass over the images. Images are rounded to 8
/// bits first, as the real ones were when they were stored; features are float32, every sum after them is
/// float64.
/// </summary>
public sealed class MetricRun
{
    private const string Float32 = "fp32";

    private readonly IBackbone backbone;
    private readonly IImageSet reference;
    private readonly IReadOnlyList<IMetric> metrics;
    private readonly MetricRunOptions options;
    private FeatureMoments? referenceMoments;

    /// <summary>Plans a run; nothing is computed yet.</summary>
    /// <param name="backbone">Whose features and logits are used; it stays the caller's.</param>
    /// <param name="reference">The real images.</param>
    /// <param name="metrics">What to compute; see <see cref="MetricCatalogue"/>.</param>
    /// <param name="options">How; the usual way when null.</param>
    /// <exception cref="AtelierException">The backbone takes images of another size (Usage).</exception>
    public MetricRun(
        IBackbone backbone,
        IImageSet reference,
        IReadOnlyList<IMetric> metrics,
        MetricRunOptions? options = null)
    {
        this.backbone = backbone;
        this.reference = reference;
        this.metrics = metrics;
        this.options = options ?? new MetricRunOptions();
        if (reference.Channels == backbone.Input.Channels && reference.Height == backbone.Input.Size &&
            reference.Width == backbone.Input.Size)
            return;
        throw new AtelierException(
            FailureKind.Usage,
            $"The real images are {reference.Channels} x {reference.Height} x {reference.Width} and the "
            + "backbone takes "
            + $"{backbone.Input.Channels} x {backbone.Input.Size} x {backbone.Input.Size}. Train a backbone "
            + "on this dataset with 'atelier backbone train'.");
    }

    /// <summary>The protocol under which a metric of this run is taken.</summary>
    /// <param name="metric">One of the run's metrics.</param>
    /// <param name="count">How many images are scored.</param>
    public MetricProtocol ProtocolOf(IMetric metric, int count) => new()
    {
        Metric = metric.Definition,
        Backbone = backbone.Name,
        BackboneSha256 = backbone.Sha256,
        Resizer = reference.Resizer,
        SampleCount = count,
        DatasetHash = reference.ContentHash,
        Precision = Float32,
        Preprocessing = backbone.Preprocessing,
    };

    /// <summary>Scores images. It may be called again: the moments of the real images are kept.</summary>
    /// <param name="feed">Gives the images, from the first to the last.</param>
    /// <param name="count">How many, at least 2.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>One result a metric, in their order.</returns>
    /// <exception cref="AtelierException">
    /// Too few images (Dataset), images of another size or classes that do not fit (Usage), NaN (Numeric).
    /// </exception>
    public IReadOnlyList<MetricResult> Run(
        ImageFeed feed, int count, CancellationToken cancellationToken = default)
    {
        if (count < 2)
        {
            throw new AtelierException(
                FailureKind.Dataset, $"{count} images cannot be scored; give at least 2, better thousands.");
        }

        var needs = metrics.Aggregate(MetricNeeds.None, (sum, metric) => sum | metric.Needs);
        if (needs.HasFlag(MetricNeeds.Labels)) CheckClasses();
        if (needs.HasFlag(MetricNeeds.ReferenceMoments))
        {
            referenceMoments ??= new ReferenceStatistics(options).Get(
                backbone, reference, Float32, cancellationToken);
        }

        var context = new MetricContext
        {
            SampleCount = count,
            FeatureCount = backbone.FeatureCount,
            ClassCount = backbone.ClassNames.Count,
            Reference = referenceMoments,
            Warn = options.Warn,
        };
        var passes = metrics.Select(metric => metric.Begin(context)).ToArray();
        FeaturePass.Run(
            backbone, feed, count, MetricStage.Scored, options,
            batch =>
            {
                if (needs.HasFlag(MetricNeeds.Labels) && batch.Labels.IsEmpty) throw LabelsMissing();
                foreach (var pass in passes) pass.Add(batch);
            },
            cancellationToken);

        return [.. metrics.Zip(passes, (metric, pass) =>
        {
            var (value, deviation) = pass.Finish();
            return new MetricResult(metric.Name, value, deviation, ProtocolOf(metric, count));
        })];
    }

    private void CheckClasses()
    {
        if (reference.ClassNames.SequenceEqual(backbone.ClassNames)) return;
        throw new AtelierException(
            FailureKind.Usage,
            $"The dataset has classes {Text(reference.ClassNames)} and the backbone "
            + $"{Text(backbone.ClassNames)}; whether "
            + "a class was recognised can only be said when they are the same. Leave such metrics out, or "
            + "train a backbone on this dataset.");
    }

    private static string Text(IReadOnlyList<string> names) =>
        names.Count <= 3
            ? string.Join(", ", names)
            : $"{string.Join(", ", names.Take(3))} and {names.Count - 3} more";

    private AtelierException LabelsMissing() => new(
        FailureKind.Usage,
        "The metrics "
        + $"{string.Join(", ", metrics.Where(m => m.Needs.HasFlag(MetricNeeds.Labels)).Select(m => m.Name))} "
        + "need the class of every image, and these images have none. Leave them out.");
}
