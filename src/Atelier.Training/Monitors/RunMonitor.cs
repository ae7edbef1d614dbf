using System.Diagnostics;
using Atelier.Gan;
using Atelier.Training.Checkpoints;
using Atelier.Training.Loop;
using Atelier.Training.Recipes;
using Atelier.Training.RunDirectory;

namespace Atelier.Training.Monitors;

/// <summary>
/// Watches a run: told of every step, it looks every so many of them and has the sentinel judge. It never
/// changes what the run computes; what follows from a collapse is the loop's affair.
/// </summary>
public sealed class RunMonitor : IDisposable
{
    private readonly GanSession session;
    private readonly int everySteps;
    private readonly NetworkMonitor networks;
    private readonly CollapseSentinel sentinel;
    private IReadOnlyDictionary<string, double>? scalars;
    private double lossSum;
    private int lossCount;

    private RunMonitor(GanSession session, RunDataset dataset, Recipe recipe, int everySteps)
    {
        this.session = session;
        this.everySteps = everySteps;
        networks = new NetworkMonitor(session, dataset.Train, dataset.HeldOut, recipe.Monitors);
        sentinel = CollapseSentinel.For(LossCatalogue.Find(recipe.Loss, recipe.LossOptions));
    }

    /// <summary>Time that all looks together took.</summary>
    public TimeSpan Spent { get; private set; }

    /// <summary>Rollbacks of this run, oldest first.</summary>
    public IReadOnlyList<Intervention> Rollbacks { get; private set; } = [];

    /// <summary>The newest checkpoint of this step or an earlier one is to be kept.</summary>
    public long SoundStep => sentinel.SoundStep;

    /// <summary>A monitor as the recipe wants it; null for none.</summary>
    public static RunMonitor? Of(GanSession session, RunDataset dataset, Recipe recipe) =>
        recipe.Monitors.EverySteps is { } every ? new RunMonitor(session, dataset, recipe, every) : null;

    /// <summary>To be called after every step.</summary>
    /// <returns>The collapse that this step's look settled; null for none.</returns>
    public CollapseReport? AfterStep(StepResult result)
    {
        lossSum += result.LossDiscriminator;
        lossCount++;
        if (session.Step % everySteps != 0) return null;
        var started = Stopwatch.GetTimestamp();
        var reading = networks.Look(lossSum / lossCount);
        (lossSum, lossCount) = (0, 0);
        var look = SentinelLook.Of(reading);
        scalars = MonitorScalars.Of(reading, SpectrumDetector.Most(sentinel.State.Past, look)?.Growth);
        var collapse = sentinel.Observe(look);
        Spent += Stopwatch.GetElapsedTime(started);
        return collapse;
    }

    /// <summary>The run goes on from a collapse that was told.</summary>
    public void Accept() => sentinel.Accept();

    /// <summary>What was seen since the last call; null when there was no look.</summary>
    public IReadOnlyDictionary<string, double>? TakeScalars()
    {
        var taken = scalars;
        scalars = null;
        return taken;
    }

    /// <summary>The monitors' files of a checkpoint.</summary>
    public IEnumerable<CheckpointPart> Parts() => MonitorCheckpoint.Parts(
        new MonitorState
        {
            Sentinel = sentinel.State,
            LossSum = lossSum,
            LossCount = lossCount,
            Rollbacks = Rollbacks,
        },
        networks.State());

    /// <summary>Goes on as at a checkpoint; one without monitors begins them anew.</summary>
    /// <exception cref="AtelierException">Kind Checkpoint: its state cannot be read.</exception>
    public void Restore(Checkpoint checkpoint)
    {
        var state = MonitorCheckpoint.ReadState(checkpoint);
        sentinel.State = state?.Sentinel ?? SentinelState.Empty;
        (lossSum, lossCount) = (state?.LossSum ?? 0, state?.LossCount ?? 0);
        Rollbacks = state?.Rollbacks ?? [];
        scalars = null;
        MonitorCheckpoint.RestoreTensors(checkpoint, networks.State());
    }

    /// <summary>As <see cref="Restore"/>, but with the rollbacks up to this one.</summary>
    public void GoBack(Checkpoint checkpoint, Intervention rollback)
    {
        IReadOnlyList<Intervention> all = [.. Rollbacks, rollback];
        Restore(checkpoint);
        Rollbacks = all;
    }

    /// <inheritdoc/>
    public void Dispose() => networks.Dispose();
}
