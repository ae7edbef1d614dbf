using System.Globalization;
using System.Runtime.InteropServices;
using Atelier.Text;

namespace Atelier.Metrics;

/// <summary>Metrics of stored features against stored features: no image and no backbone is needed.</summary>
public static class StoredMetrics
{
    private static readonly Dictionary<string, Func<Pair, IEnumerable<MetricResult>>> Metrics =
        new(StringComparer.Ordinal)
        {
            ["fid"] = Fid,
            ["kid"] = Kid,
            ["prdc"] = Prdc,
            ["is"] = Is,
            ["ifid"] = IntraClass,
        };

    /// <summary>The names that a list of metrics may hold.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Metrics.Keys];

    /// <summary>Computes metrics.</summary>
    /// <param name="real">The real side.</param>
    /// <param name="fake">The generated side.</param>
    /// <param name="names">Of <see cref="Names"/>.</param>
    /// <param name="options">Their parameters.</param>
    /// <returns>One result a number: kid gives kid_mean and kid_std, prdc gives four.</returns>
    /// <exception cref="AtelierException">
    /// An unknown metric, other shapes (Usage), too few samples or missing tensors (Dataset).
    /// </exception>
    public static IReadOnlyList<MetricResult> Compute(
        StoredFeatures real, StoredFeatures fake, IReadOnlyList<string> names, StoredMetricOptions options)
    {
        FeatureBlocks.CheckPair(real.Features, fake.Features);
        var pair = new Pair(real, fake, options);
        var results = new List<MetricResult>();
        foreach (var name in names)
        {
            if (!Metrics.TryGetValue(name, out var metric))
                throw new AtelierException(
                    FailureKind.Usage,
                    $"'{name}' is no metric of stored features.{Suggestion.DidYouMean(name, Names)} There "
                    + $"are: {string.Join(", ", Names)}.");
            results.AddRange(metric(pair));
        }

        return results;
    }

    private static IEnumerable<MetricResult> Fid(Pair pair)
    {
        var (real, fake) = (Moments(pair.Real), Moments(pair.Fake));
        if (real.IsRankDeficient || fake.IsRankDeficient)
            pair.Options.Warn?.Invoke(
                $"FID over {fake.Count} samples against {real.Count} in {real.Dimension} dimensions: with "
                + "fewer samples than dimensions it is exact but strongly biased upwards.");
        yield return pair.Result("fid", FrechetDistance.Compute(real, fake), "fid/1");
    }

    private static IEnumerable<MetricResult> Kid(Pair pair)
    {
        var o = pair.Options;
        var (mean, deviation) = KernelDistance.OverSubsets(
            pair.Real.Features, pair.Fake.Features, o.KernelSubsets, o.KernelSubsetSize, o.Seed);
        var definition = string.Create(
            CultureInfo.InvariantCulture,
            $"kid/1;subsets={o.KernelSubsets};size={o.KernelSubsetSize};seed={o.Seed}");
        yield return pair.Result("kid_mean", mean, definition, deviation);
        yield return pair.Result("kid_std", deviation, definition);
    }

    private static IEnumerable<MetricResult> Prdc(Pair pair)
    {
        var scores = ManifoldOverlap.Compute(
            pair.Real.Features, pair.Fake.Features, pair.Options.Neighbours);
        var definition = string.Create(CultureInfo.InvariantCulture, $"prdc/1;k={pair.Options.Neighbours}");
        yield return pair.Result("precision", scores.Precision, definition);
        yield return pair.Result("recall", scores.Recall, definition);
        yield return pair.Result("density", scores.Density, definition);
        yield return pair.Result("coverage", scores.Coverage, definition);
    }

    private static IEnumerable<MetricResult> Is(Pair pair)
    {
        var logits = pair.Fake.Logits();
        var splits = pair.Options.InceptionSplits;
        var score = new InceptionScore(pair.Fake.Count, (int)logits.Size(1), splits);
        score.Add(logits.ToArray<float>());
        var (mean, deviation) = score.Finish();
        var definition = string.Create(CultureInfo.InvariantCulture, $"is/1;splits={splits}");
        yield return pair.Result("is_mean", mean, definition, deviation);
        yield return pair.Result("is_std", deviation, definition);
    }

    private static IEnumerable<MetricResult> IntraClass(Pair pair)
    {
        var distances = IntraClassDistance.Compute(
            pair.Real.Features, pair.Real.Classes(), pair.Fake.Features, pair.Fake.Classes());
        yield return pair.Result("ifid", distances.Values.Average(), "ifid/1");
    }

    private static FeatureMoments Moments(StoredFeatures stored)
    {
        var statistics = new FeatureStatistics((int)stored.Features.Size(1));
        statistics.Add(stored.Features);
        return statistics.ToMoments();
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Pair(StoredFeatures Real, StoredFeatures Fake, StoredMetricOptions Options)
    {
        /// <summary>Which backbone made stored features is not known: the real file stands for it.</summary>
        public MetricResult Result(string name, double value, string definition, double? deviation = null) =>
            new(name, value, deviation, new MetricProtocol
            {
                Metric = definition,
                Backbone = "stored",
                BackboneSha256 = Real.Sha256,
                Resizer = "stored",
                SampleCount = Fake.Count,
                DatasetHash = Real.Sha256,
                Precision = "fp32",
                Quantisation = "stored",
            });
    }
}
