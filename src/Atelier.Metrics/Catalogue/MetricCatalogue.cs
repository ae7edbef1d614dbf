using Atelier.Text;

namespace Atelier.Metrics;

/// <summary>Every metric by name. A new metric is one file and one line here.</summary>
public static class MetricCatalogue
{
    /// <summary>The metrics in the order in which help shows them.</summary>
    public static IReadOnlyList<MetricEntry> Entries { get; } =
    [
        new("fid", "Fréchet distance of features to the real images; lower is better", _ => new FidMetric()),
        new(
            "kid", "kernel distance of features, unbiased; lower is better",
            o => new KidMetric(o.KernelSubsets, o.KernelSubsetSize, o.Seed)),
        new(
            "is", "Inception Score; higher is better", o => new InceptionScoreMetric(o.InceptionSplits),
            HigherIsBetter: true),
        new(
            "prdc", "precision, recall, density, coverage; higher is better",
            o => new PrdcMetric(o.Neighbours, o.EqualNeighbourhoods, o.Seed), HigherIsBetter: true),
        new("ifid", "mean FID within classes; lower is better", _ => new IntraClassFidMetric()),
        new(
            "accuracy", "share seen as the class asked for; higher is better", _ => new AccuracyMetric(),
            HigherIsBetter: true),
        new(
            "swd", "sliced Wasserstein distance of patches, no backbone; lower is better",
            o => new SlicedWassersteinMetric(o.Seed)),
        new(
            "msssim", "likeness of random pairs, no backbone; lower is more varied",
            o => new MultiScaleSsimMetric(o.Seed)),
        new(
            "prd", "precision-recall curve, as F8 and F1/8; higher is better",
            o => new PrdMetric(new PrecisionRecallOptions { Seed = o.Seed }), HigherIsBetter: true),
        new(
            "fid_bootstrap", "FID with a bootstrap interval; lower is better",
            o => new FidBootstrapMetric(o.BootstrapReplicates, o.BootstrapLevel, o.Seed)),
        new(
            "memorisation", "distance to the nearest real image over held-out ones'; well below 1 is copying",
            _ => new MemorisationMetric(), HigherIsBetter: true),
        new(
            "cas", "accuracy of a classifier that learned from the images; higher is better",
            o => new ClassificationAccuracyMetric(o.Classifier with { Seed = o.Seed }), HigherIsBetter: true),
        new(
            "ppl", "path length between latents; lower is smoother",
            o => new PathLengthMetric(LatentSpace.Z, !o.PathsAtEnd, o.Seed, o.PathDistance)),
        new(
            "ppl_w", "path length behind the mapping network; lower is smoother",
            o => new PathLengthMetric(LatentSpace.W, !o.PathsAtEnd, o.Seed, o.PathDistance)),
    ];

    /// <summary>The names in the order of <see cref="Entries"/>.</summary>
    public static IEnumerable<string> Names => Entries.Select(entry => entry.Name);

    /// <summary>Whether a metric's first number grows when a model becomes better.</summary>
    /// <exception cref="AtelierException">There is no such metric (Usage).</exception>
    public static bool HigherIsBetter(string name) => Find(name).HigherIsBetter;

    /// <summary>Makes metrics from a list of names.</summary>
    /// <param name="names">Names parted by commas, such as <c>fid,is</c>.</param>
    /// <param name="options">Parameters of the metrics; the usual ones when null.</param>
    /// <returns>The metrics in the order of the list.</returns>
    /// <exception cref="AtelierException">A name is unknown, or stands there twice, or there is none
    /// (Usage).</exception>
    public static IReadOnlyList<IMetric> Parse(string names, MetricOptions? options = null) =>
        Create(names.Split(',', StringSplitOptions.TrimEntries), options);

    /// <summary>Makes metrics from names.</summary>
    /// <exception cref="AtelierException">A name is unknown, or stands there twice, or there is none
    /// (Usage).</exception>
    public static IReadOnlyList<IMetric> Create(IEnumerable<string> names, MetricOptions? options = null)
    {
        options ??= new MetricOptions();
        var metrics = new List<IMetric>();
        foreach (var name in names)
        {
            if (metrics.Any(metric => metric.Name == name))
                throw new AtelierException(
                    FailureKind.Usage, $"The metric '{name}' is named twice; name it once.");
            metrics.Add(Find(name).Create(options));
        }

        return metrics.Count > 0
            ? metrics
            : throw new AtelierException(FailureKind.Usage, $"No metric is named. There are: {All}.");
    }

    private static string All => string.Join(", ", Names);

    private static MetricEntry Find(string name) =>
        Entries.FirstOrDefault(entry => entry.Name == name)
        ?? throw new AtelierException(
            FailureKind.Usage,
            $"There is no metric '{name}'.{Suggestion.DidYouMean(name, Names)} There are: {All}.");
}
