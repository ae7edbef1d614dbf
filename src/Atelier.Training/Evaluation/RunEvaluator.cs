using Atelier.Gan;
using Atelier.Metrics;

namespace Atelier.Training.Evaluation;

/// <summary>Scores generators on one dataset with one backbone.</summary>
/// <param name="run">The metrics, the backbone and the real images.</param>
/// <param name="count">Generated images.</param>
public sealed class RunEvaluator(MetricRun run, int count)
{
    // Apart from every seed that training uses; part of what makes two evaluations comparable.
    private const ulong EvaluationSeed = 20_181_128;

    /// <summary>Generated images an evaluation.</summary>
    public int Count => count;

    /// <summary>Scores a generator whose BatchNorm statistics are settled.</summary>
    /// <param name="generator">In evaluation mode.</param>
    /// <param name="threshold">Truncation of the latents; null for none.</param>
    /// <param name="cancel">Stops between batches.</param>
    public IReadOnlyList<MetricResult> Evaluate(
        GeneratorNetwork generator, double? threshold = null, CancellationToken cancel = default)
    {
        using var feed = new GeneratorFeed(generator, threshold, EvaluationSeed);
        return run.Run(feed.Next, count, cancel);
    }
}
