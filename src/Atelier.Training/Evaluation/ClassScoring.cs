using Atelier.Gan;
using Atelier.Metrics;

namespace Atelier.Training.Evaluation;

/// <summary>
/// Scores the classes of a generator one after another, each against the real images of that class alone;
/// never more than one class's statistics are in memory.
/// </summary>
/// <param name="generator">In evaluation mode, with the statistics to sample with.</param>
/// <param name="backbone">Whose features and classes are used.</param>
/// <param name="images">The real images.</param>
/// <param name="options">How.</param>
public sealed class ClassScoring(
    GeneratorNetwork generator, IBackbone backbone, IImageSet images, MetricRunOptions options)
{
    /// <summary>The fewest real images whose spread says anything.</summary>
    public const int FewestReal = 2;

    /// <summary>Scores one class.</summary>
    /// <param name="classId">The class.</param>
    /// <param name="count">Generated images, at least 2.</param>
    /// <param name="threshold">Truncation of the latents; null for none.</param>
    /// <param name="seed">The seed of the latents.</param>
    /// <param name="cancel">Stops between batches.</param>
    /// <returns>The scores; null when the class has fewer than two real images.</returns>
    /// <exception cref="AtelierException">The classifier knows other classes (Usage).</exception>
    public ClassScore? Score(
        int classId, int count, double? threshold, ulong seed, CancellationToken cancel = default)
    {
        var real = ImageSubset.OfClass(images, classId);
        if (real.Count < FewestReal) return null;
        var run = new MetricRun(backbone, real, MetricCatalogue.Create(["fid", "accuracy"]), options);
        using var feed = new GeneratorFeed(generator, threshold, seed, classId);
        var results = run.Run(feed.Next, count, cancel);
        return new ClassScore(classId, real.Count, results[0], results[1]);
    }
}
