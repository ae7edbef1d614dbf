using System.Globalization;
using Atelier.Cli.Progress;
using Atelier.Training.Progress;

namespace Atelier.Cli.Work;

/// <summary>Shows what a run tells on the training display.</summary>
internal sealed class TrainingView(ITrainingDisplay display, Action<string> warn) : ITrainingObserver
{
    /// <inheritdoc/>
    public void OnPlan(TrainingPlan plan) => display.Note(string.Create(
        CultureInfo.InvariantCulture,
        $"{plan.RecipeName} on {plan.Dataset}; G {plan.GeneratorParameters / 1e6:0.00} M, D " +
        $"{plan.DiscriminatorParameters / 1e6:0.00} M weights, {plan.Precision}, {plan.Device}; " +
        $"{(plan.StartStep > 0 ? $"going on at step {plan.StartStep}, " : "")}run {plan.RunFolder}"));

    /// <inheritdoc/>
    public void OnTick(TickStats tick) => display.Tick(tick);

    /// <inheritdoc/>
    public void OnPhase(TrainingPhase phase)
    {
        if (phase == TrainingPhase.Evaluating) display.Note("scoring …");
    }

    /// <inheritdoc/>
    public void OnSample(SampleWritten sample) => display.Note($"picture {sample.Path}");

    /// <inheritdoc/>
    public void OnMetric(MetricScored metric) => display.Note(string.Create(
        CultureInfo.InvariantCulture,
        $"step {metric.Step}: {metric.Name} {metric.Value:0.####} ({metric.Protocol})"));

    /// <inheritdoc/>
    public void OnCheckpoint(CheckpointSaved checkpoint) => display.Note(string.Create(
        CultureInfo.InvariantCulture,
        $"checkpoint of step {checkpoint.Step} saved ({checkpoint.Bytes / 1048576.0:0.0} MiB in " +
        $"{checkpoint.Seconds:0.00} s)"));

    /// <inheritdoc/>
    public void OnWarning(string sentence) => warn(sentence);
}
