using System.Globalization;
using Atelier.Training.Checkpoints;
using Atelier.Training.Monitors;
using Atelier.Training.Recipes;
using Atelier.Training.RunDirectory;

namespace Atelier.Training.Loop;

/// <summary>What follows from a collapse: a warning, a way back, or the end of the run.</summary>
/// <param name="settings">What the recipe wants.</param>
/// <param name="reader">The checkpoints.</param>
/// <param name="warn">Told of damaged checkpoints that are passed over.</param>
internal sealed class CollapseAnswer(MonitorSettings settings, CheckpointReader reader, Action<string> warn)
{
    /// <summary>The warning, where the run is to go on as it is; else null.</summary>
    public string? Warning(CollapseReport collapse) => settings.OnCollapse == CollapseAction.Warn
        ? $"{collapse.Sentence} The run goes on, as monitors.on_collapse: warn says."
        : null;

    /// <summary>The checkpoint to go back to.</summary>
    /// <param name="collapse">What happened.</param>
    /// <param name="rollbacks">Rollbacks of this run so far.</param>
    /// <exception cref="AtelierException">Kind Numeric: the run ends here.</exception>
    public Checkpoint WayBack(CollapseReport collapse, int rollbacks)
    {
        var hasAny = reader.Steps.Any(step => step <= collapse.SoundStep);
        var sound = hasAny ? reader.LoadAtOrBefore(collapse.SoundStep, warn) : null;
        if (settings.OnCollapse == CollapseAction.Rollback && rollbacks < settings.MostRollbacks
            && sound is not null)
            return sound;
        throw new AtelierException(
            FailureKind.Numeric, $"{collapse.Sentence} {Advice(collapse, rollbacks, sound)}");
    }

    /// <summary>What a rollback changes, for the record.</summary>
    /// <param name="collapse">What happened.</param>
    /// <param name="step">The step that the run goes back to.</param>
    /// <param name="from">G's learning rate before, without its schedule.</param>
    /// <param name="to">G's learning rate from now on, without its schedule.</param>
    /// <param name="time">UTC time.</param>
    public static Intervention Rollback(
        CollapseReport collapse, long step, double from, double to, DateTimeOffset time) => new(
        step, time, "training.generator.lr", Spell(from), Spell(to),
        string.Create(
            CultureInfo.InvariantCulture, $"{collapse.Sentence} The run went back to step {step}."));

    private string Advice(CollapseReport collapse, int rollbacks, Checkpoint? sound)
    {
        if (sound is null)
            return "There is no checkpoint from before the onset. Begin again with lower learning rates " +
                "(--set training.generator.lr=…) or a larger batch, or save more often " +
                "(snapshots.checkpoint_every_steps).";
        var kept = string.Create(
            CultureInfo.InvariantCulture, $"The checkpoint of step {sound.Step} is from before the onset. ");
        if (settings.OnCollapse == CollapseAction.Rollback)
            return kept + string.Create(
                CultureInfo.InvariantCulture,
                $"The run went back {rollbacks} times already (monitors.most_rollbacks).");
        return kept + "Go on with --resume auto --on-collapse rollback, which goes back to it and lowers " +
            "the generator's learning rate, or with --on-collapse warn if this is a false alarm.";
    }

    private static string Spell(double rate) => rate.ToString("R", CultureInfo.InvariantCulture);
}
