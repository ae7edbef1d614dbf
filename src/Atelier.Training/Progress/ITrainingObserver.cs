using Atelier.Training.RunDirectory;

namespace Atelier.Training.Progress;

/// <summary>
/// Hears what a run does, on the training thread and in order. Members do nothing by default; an
/// implementation must return
/// quickly and must not throw, for the run does not catch.
/// </summary>
public interface ITrainingObserver
{
    /// <summary>Once, before the first step.</summary>
    void OnPlan(TrainingPlan plan)
    {
    }

    /// <summary>After every step; <paramref name="step"/> counts from 1.</summary>
    void OnStep(long step, long totalSteps)
    {
    }

    /// <summary>When the run turns to something else than steps, and back.</summary>
    void OnPhase(TrainingPhase phase)
    {
    }

    /// <summary>At every tick.</summary>
    void OnTick(TickStats tick)
    {
    }

    /// <summary>After a picture was written.</summary>
    void OnSample(SampleWritten sample)
    {
    }

    /// <summary>After a metric was computed.</summary>
    void OnMetric(MetricScored metric)
    {
    }

    /// <summary>After a checkpoint was saved.</summary>
    void OnCheckpoint(CheckpointSaved checkpoint)
    {
    }

    /// <summary>Something is amiss but the run goes on; a sentence.</summary>
    void OnWarning(string sentence)
    {
    }

    /// <summary>The run went back: steps after <paramref name="step"/> will come again.</summary>
    void OnRollback(long step)
    {
    }

    /// <summary>
    /// The run was changed while it was under way; after a start those of its past are told again.
    /// </summary>
    void OnIntervention(Intervention intervention)
    {
    }

    /// <summary>Once, at the end, unless the run fails.</summary>
    void OnEnd(TrainingEnd end)
    {
    }
}
