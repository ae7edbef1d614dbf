using System.Globalization;
using System.Text;
using Atelier.IO;
using Atelier.Training.Progress;
using Atelier.Training.Telemetry;

namespace Atelier.Training.RunDirectory;

/// <summary>
/// Writes what a run does to its directory: log.txt, stats.jsonl, metrics.jsonl and a TensorBoard event file.
/// A disk that
/// fails while the run goes on costs lines, not the run: the first loss is told, the rest are quiet until a
/// write succeeds.
/// </summary>
public sealed class RunRecorder : ITrainingObserver, IDisposable
{
    private readonly TimeProvider clock;
    private readonly Action<string> warn;
    private readonly FileStream log;
    private readonly RunFolder run;
    private JsonLinesWriter stats;
    private JsonLinesWriter metrics;
    private EventFileWriter events;
    private bool losing;

    /// <summary>Opens the files.</summary>
    /// <param name="run">The run directory.</param>
    /// <param name="resumedStep">
    /// The step of the checkpoint that the run goes on from; null for a fresh run.
    /// </param>
    /// <param name="warn">
    /// Told, in a sentence, when lines are being lost; must not come back to this recorder.
    /// </param>
    /// <param name="clock">The clock; the system's when null.</param>
    /// <exception cref="AtelierException">Kind Disk: a file cannot be opened.</exception>
    public RunRecorder(RunFolder run, long? resumedStep, Action<string> warn, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        this.clock = clock ?? TimeProvider.System;
        this.warn = warn;
        this.run = run;
        try
        {
            log =
                new FileStream(run.LogPath, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskFailure.From(e, run.LogPath);
        }

        stats = JsonLinesWriter.Open(run.StatsPath, resumedStep ?? -1);
        metrics = JsonLinesWriter.Open(run.MetricsPath, resumedStep ?? -1);
        events = new EventFileWriter(run.Path, resumedStep, clock);
    }

    /// <inheritdoc/>
    public void OnPlan(TrainingPlan plan) => Log(string.Create(
        CultureInfo.InvariantCulture,
        $"start: {plan.RecipeName}, steps {plan.StartStep} to {plan.TotalSteps}, {plan.Dataset}, " +
        $"{plan.Device}, {plan.Precision}"));

    /// <inheritdoc/>
    public void OnTick(TickStats tick) => Keep(() =>
    {
        stats.Append(tick, TelemetryJson.Default.TickStats);
        events.AddScalars(tick.Step, Scalars(tick));
    });

    /// <inheritdoc/>
    public void OnSample(SampleWritten sample) => Keep(() =>
    {
        byte[] png;
        try
        {
            png = File.ReadAllBytes(sample.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskFailure.From(e, sample.Path);
        }

        events.AddPng(sample.Step, "samples", png);
        events.Flush();
    });

    /// <inheritdoc/>
    public void OnMetric(MetricScored metric)
    {
        Keep(() =>
        {
            metrics.Append(metric, TelemetryJson.Default.MetricScored);
            events.AddScalars(
                metric.Step, new KeyValuePair<string, double>($"metrics/{metric.Name}", metric.Value));
            events.Flush();
        });
        Log(string.Create(
            CultureInfo.InvariantCulture,
            $"step {metric.Step}: {metric.Name} {metric.Value:G6} ({metric.Protocol})"));
    }

    /// <inheritdoc/>
    public void OnCheckpoint(CheckpointSaved checkpoint) => Log(string.Create(
        CultureInfo.InvariantCulture,
        $"step {checkpoint.Step}: checkpoint, {ByteText.Format(checkpoint.Bytes)} in " +
        $"{checkpoint.Seconds:F2} s"));

    /// <inheritdoc/>
    public void OnWarning(string sentence) => Log($"warning: {sentence}");

    /// <inheritdoc/>
    public void OnRollback(long step)
    {
        Log(string.Create(CultureInfo.InvariantCulture, $"back to step {step}"));
        stats = Reopen(stats, run.StatsPath, step);
        metrics = Reopen(metrics, run.MetricsPath, step);
        Keep(() =>
        {
            var next = new EventFileWriter(run.Path, step, clock);
            events.Dispose();
            events = next;
        });
    }

    /// <inheritdoc/>
    public void OnIntervention(Intervention intervention)
    {
        Keep(() => InterventionLog.Append(run, intervention));
        Log(string.Create(
            CultureInfo.InvariantCulture,
            $"after step {intervention.Step} {intervention.Key} is {intervention.New}, before " +
            $"{intervention.Old}. {intervention.Reason}"));
    }

    /// <inheritdoc/>
    public void OnEnd(TrainingEnd end)
    {
        Log(string.Create(
            CultureInfo.InvariantCulture,
            $"{(end.Stopped ? "stopped" : "finished")} at step {end.Step} of {end.TotalSteps} after " +
            $"{end.Seconds:F1} s"));
        Keep(events.Flush);
    }

    /// <summary>Appends a line to log.txt, with the UTC time before it.</summary>
    public void Log(string sentence) => Keep(() =>
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {sentence.ReplaceLineEndings(" ")}\n");
        try
        {
            log.Write(Encoding.UTF8.GetBytes(line));
        }
        catch (IOException e)
        {
            throw DiskFailure.From(e, log.Name, line.Length);
        }
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        Keep(events.Flush);
        events.Dispose();
        stats.Dispose();
        metrics.Dispose();
        log.Dispose();
    }

    /// <summary>Without the lines after a step; with them where the disk has no room to rewrite.</summary>
    private JsonLinesWriter Reopen(JsonLinesWriter lines, string path, long step)
    {
        lines.Dispose();
        JsonLinesWriter? next = null;
        Keep(() => next = JsonLinesWriter.Open(path, step));
        return next ?? JsonLinesWriter.Open(path);
    }

    private static IEnumerable<KeyValuePair<string, double>> Scalars(TickStats tick) =>
    [
        new("loss/discriminator", tick.LossDiscriminator),
        new("loss/generator", tick.LossGenerator),
        new("logits/real", tick.DReal),
        new("logits/fake", tick.DFake),
        new("learning_rate/generator", tick.LearningRateGenerator),
        new("learning_rate/discriminator", tick.LearningRateDiscriminator),
        new("speed/images_per_second", tick.ImagesPerSecond),
        new("memory/resident_bytes", tick.Memory.Resident),
        new("memory/managed_bytes", tick.Memory.ManagedHeap),
        .. tick.Extra ?? new Dictionary<string, double>(),
    ];

    private void Keep(Action write)
    {
        try
        {
            write();
            losing = false;
        }
        catch (AtelierException e) when (e.Kind == FailureKind.Disk)
        {
            if (!losing)
                warn($"lines of the run's record are being lost: {e.Message}");
            losing = true;
        }
    }
}
