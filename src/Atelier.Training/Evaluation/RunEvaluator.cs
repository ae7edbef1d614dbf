using Atelier.Gan;
using Atelier.Metrics;

namespace Atelier.Training.Evaluation;

/// <summary>Scores generators on one dataset with one backbone.</summary>
public sealed class RunEvaluator
{
    // Apart from every seed that training uses; part of what makes two evaluations comparable.
    private const ulong EvaluationSeed = 20_181_128;

    private readonly MetricRun run;

    /// <summary>Finds out whether the metrics can be computed, so that no run ends at its first
    /// scores.</summary>
    /// <param name="run">The metrics, the backbone and the real images.</param>
    /// <param name="count">Generated images.</param>
    /// <exception cref="AtelierException">A metric cannot be computed on these images (Usage).</exception>
    public RunEvaluator(MetricRun run, int count)
    {
        run.Check(count);
        (this.run, Count) = (run, count);
    }

    /// <summary>Generated images an evaluation.</summary>
    public int Count { get; }

    /// <summary>Scores a generator whose BatchNorm statistics are settled.</summary>
    /// <param name="generator">In evaluation mode.</param>
    /// <param name="threshold">Truncation of the latents; null for none.</param>
    /// <param name="cancel">Stops between batches.</param>
    public IReadOnlyList<MetricResult> Evaluate(
        GeneratorNetwork generator, double? threshold = null, CancellationToken cancel = default)
    {
        using var feed = new GeneratorFeed(generator, threshold, EvaluationSeed);
        return run.Run(
            new ScoredImages
            {
                Feed = feed.Next, Count = Count, Generator = new ScoredGenerator(generator, threshold),
            },
            cancel);
    }
}
