using Atelier.Gan;
using Atelier.Metrics;
using Atelier.Torch;

namespace Atelier.Training.Evaluation;

/// <summary>
/// Measures a generator at one truncation after another. BatchNorm statistics depend on the truncation, so
/// they are gathered anew at each.
/// </summary>
/// <param name="session">The generator.</param>
/// <param name="run">FID and Inception Score, on one dataset with one backbone.</param>
/// <param name="count">Images of each point.</param>
/// <param name="seed">The seed of the latents, the same at every point.</param>
public sealed class TruncationSweep(GeneratorSession session, MetricRun run, int count, ulong seed)
{
    /// <summary>The metrics that the run must have.</summary>
    public static IReadOnlyList<IMetric> Metrics() => MetricCatalogue.Create(["fid", "is"]);

    /// <summary>Finds out before the work whether every threshold can be drawn at.</summary>
    /// <exception cref="AtelierException">One is too small, or the model's latents know no truncation
    /// (Usage).</exception>
    public void Check(IEnumerable<double> thresholds)
    {
        using var random = new Generator(Device.Cpu, seed);
        foreach (var threshold in thresholds)
            session.Generator.DrawLatents(1, threshold, random).Dispose();
    }

    /// <summary>Measures one point.</summary>
    /// <param name="threshold">The largest |z|; null for no truncation.</param>
    /// <param name="cancel">Stops between batches.</param>
    public CurvePoint Measure(double? threshold, CancellationToken cancel = default)
    {
        session.GatherStatistics(threshold);
        using var feed = new GeneratorFeed(session.Generator, threshold, seed);
        var results = run.Run(feed.Next, count, cancel);
        return new CurvePoint(
            threshold, results.Single(static r => r.Name == "fid"),
            results.Single(static r => r.Name == "is_mean"));
    }
}
