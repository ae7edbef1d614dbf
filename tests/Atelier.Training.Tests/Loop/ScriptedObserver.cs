using Atelier.Training.Progress;
using Atelier.Training.RunDirectory;

namespace Atelier.Training.Tests.Loop;

/// <summary>Does something after each step, and keeps what it heard.</summary>
internal sealed class ScriptedObserver(Action<long>? afterStep = null) : ITrainingObserver
{
    public List<string> Warnings { get; } = [];

    public List<long> Saved { get; } = [];

    public List<MetricScored> Scores { get; } = [];

    public List<TickStats> Ticks { get; } = [];

    public List<Intervention> Interventions { get; } = [];

    public long StartStep { get; private set; } = -1;

    public void OnPlan(TrainingPlan plan) => StartStep = plan.StartStep;

    public void OnStep(long step, long totalSteps) => afterStep?.Invoke(step);

    public void OnCheckpoint(CheckpointSaved checkpoint) => Saved.Add(checkpoint.Step);

    public void OnMetric(MetricScored metric) => Scores.Add(metric);

    public void OnTick(TickStats tick) => Ticks.Add(tick);

    public void OnIntervention(Intervention intervention) => Interventions.Add(intervention);

    public void OnWarning(string sentence) => Warnings.Add(sentence);
}
