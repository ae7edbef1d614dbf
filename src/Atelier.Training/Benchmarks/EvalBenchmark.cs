using System.Diagnostics;
using Atelier.Data;
using Atelier.Metrics;
using Atelier.Torch;

namespace Atelier.Training.Benchmarks;

/// <summary>
/// How fast a backbone takes images, and what metrics cost: a metric's time is its whole run over images
/// that are scored against themselves, and the part of it that is left when the images have passed.
/// </summary>
public static class EvalBenchmark
{
    private const int Rounds = 3;
    private const int Seed = 5;

    /// <summary>Measures.</summary>
    /// <param name="backbone">It stays the caller's.</param>
    /// <param name="images">The images.</param>
    /// <param name="metrics">What is computed of them; may be empty.</param>
    /// <param name="count">Images of a round of extraction, at most those that there are.</param>
    /// <param name="batch">Images that go through the backbone at once.</param>
    /// <param name="cancel">Stops between batches.</param>
    /// <exception cref="AtelierException">The backbone takes other images (Usage), or a metric cannot be
    /// computed of these (Usage, Dataset).</exception>
    public static EvalBenchmarkResult Run(
        IBackbone backbone, DatasetView images, IReadOnlyList<IMetric> metrics, int count, int batch,
        CancellationToken cancel = default)
    {
        count = Math.Min(count, images.Count);
        PeakMemory.Reset();
        Extract(backbone, images, 0, Math.Min(batch, count));
        var rounds = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            for (var done = 0; done < count; done += batch)
            {
                cancel.ThrowIfCancellationRequested();
                Extract(backbone, images, done, Math.Min(batch, count - done));
            }

            rounds.Add(watch.Elapsed.TotalSeconds);
        }

        var seconds = Median.Of(rounds);
        var scored = ImageSubset.ByLot(new PackedImageSet(images), count, Seed);
        var peak = PeakMemory.Megabytes();
        return new EvalBenchmarkResult(
            count / seconds, seconds, count, peak,
            [.. metrics.Select(metric => Measure(backbone, scored, metric, batch, cancel))]);
    }

    private static void Extract(IBackbone backbone, DatasetView images, int start, int count)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        backbone.Extract(PixelRange.FromBytes(images.ImageBytes(start, count), Device.Cpu));
    }

    private static MetricCost Measure(
        IBackbone backbone, IImageSet images, IMetric metric, int batch, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var passed = TimeSpan.Zero;
        var run = new MetricRun(backbone, images, [metric], new MetricRunOptions
        {
            BatchSize = batch,
            Progress = progress =>
            {
                if (progress.Stage != MetricStage.Computed) passed = watch.Elapsed;
            },
        });
        PeakMemory.Reset();
        run.Run(ScoredImages.Of(images), cancel);
        var all = watch.Elapsed;
        return new MetricCost(
            metric.Name, all.TotalSeconds, (all - passed).TotalSeconds, PeakMemory.Megabytes());
    }
}
