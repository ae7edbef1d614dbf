using Atelier.Training.RunDirectory;

namespace Atelier.Training.Progress;

/// <summary>Passes every event to several observers, in their order.</summary>
public sealed class ObserverGroup(params IReadOnlyList<ITrainingObserver> observers) : ITrainingObserver
{
    /// <inheritdoc/>
    public void OnPlan(TrainingPlan plan) => Each(observer => observer.OnPlan(plan));

    /// <inheritdoc/>
    public void OnStep(long step, long totalSteps)
    {
        // The one event of every step: no closure for it.
        foreach (var observer in observers)
            observer.OnStep(step, totalSteps);
    }

    /// <inheritdoc/>
    public void OnPhase(TrainingPhase phase) => Each(observer => observer.OnPhase(phase));

    /// <inheritdoc/>
    public void OnTick(TickStats tick) => Each(observer => observer.OnTick(tick));

    /// <inheritdoc/>
    public void OnSample(SampleWritten sample) => Each(observer => observer.OnSample(sample));

    /// <inheritdoc/>
    public void OnMetric(MetricScored metric) => Each(observer => observer.OnMetric(metric));

    /// <inheritdoc/>
    public void OnCheckpoint(CheckpointSaved checkpoint) =>
        Each(observer => observer.OnCheckpoint(checkpoint));

    /// <inheritdoc/>
    public void OnWarning(string sentence) => Each(observer => observer.OnWarning(sentence));

    /// <inheritdoc/>
    public void OnRollback(long step) => Each(observer => observer.OnRollback(step));

    /// <inheritdoc/>
    public void OnIntervention(Intervention intervention) =>
        Each(observer => observer.OnIntervention(intervention));

    /// <inheritdoc/>
    public void OnEnd(TrainingEnd end) => Each(observer => observer.OnEnd(end));

    private void Each(Action<ITrainingObserver> tell)
    {
        foreach (var observer in observers)
            tell(observer);
    }
}
