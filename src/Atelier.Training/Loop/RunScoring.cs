using Atelier.Gan;
using Atelier.Metrics;
using Atelier.Training.Checkpoints;
using Atelier.Training.Evaluation;
using Atelier.Training.Progress;

namespace Atelier.Training.Loop;

/// <summary>Scores a step of a run, tells the observer, and keeps the list of best checkpoints.</summary>
internal sealed class RunScoring(
    RunEvaluator evaluator, CheckpointStore store, ITrainingObserver observer, TimeProvider clock)
{
    /// <summary>Scores a generator.</summary>
    /// <param name="generator">The average, with standing statistics.</param>
    /// <param name="step">Its step.</param>
    /// <param name="canMarkBest">True where a checkpoint of the step is saved.</param>
    /// <param name="cancel">Gives the scoring up between batches.</param>
    /// <returns>What it scored; null where it was given up.</returns>
    public StepScores? Score(
        GeneratorNetwork generator, long step, bool canMarkBest, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        IReadOnlyList<MetricResult> metrics;
        try
        {
            metrics = evaluator.Evaluate(generator, cancel: cancel);
        }
        catch (OperationCanceledException)
        {
            observer.OnWarning(
                $"The scoring of step {step} was given up because of a signal; 'atelier eval' can make up " +
                "for it while its checkpoint is kept.");
            return null;
        }

        var isBest = canMarkBest && metrics.Count > 0 && MarkBest(step, metrics[0].Value);
        foreach (var metric in metrics)
            observer.OnMetric(new MetricScored(
                step, metric.Name, metric.Value, metric.Protocol.Id, evaluator.Count,
                clock.GetElapsedTime(started).TotalSeconds, clock.GetUtcNow(),
                isBest && ReferenceEquals(metric, metrics[0])));
        return new StepScores(metrics, isBest);
    }

    private bool MarkBest(long step, double value)
    {
        try
        {
            return store.MarkBest(step, value);
        }
        catch (AtelierException error) when (error.Kind == FailureKind.Disk)
        {
            // The score is in metrics.jsonl as well; a list that could not be written is no reason to stop.
            observer.OnWarning($"The list of best checkpoints was not brought up to date: {error.Message}");
            return false;
        }
    }
}
