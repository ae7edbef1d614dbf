using Atelier.Data;
using Atelier.Gan;
using Atelier.Metrics;
using Atelier.Nn;
using Atelier.Text;
using Atelier.Torch;
using Atelier.Training.Checkpoints;
using Atelier.Training.Monitors;
using Atelier.Training.Progress;
using Atelier.Training.Signals;

namespace Atelier.Training.Loop;

/// <summary>
/// Trains: steps, ticks, pictures, scores and checkpoints, from a fresh start or from a checkpoint.
/// </summary>
public sealed class TrainingLoop : IDisposable
{
    private readonly TrainingRequest request;
    private readonly Recipes.Recipe recipe;
    private readonly GanSession session;
    private readonly AverageSampler sampler;
    private readonly CheckpointStore store;
    private readonly SaveFailurePolicy saveFailures;
    private readonly NumericGuard guard;
    private readonly RunMonitor? monitor;
    private readonly TrainStep step;
    private readonly ProgressMeter meter;
    private readonly TickWindow window = new();
    private readonly TimeProvider clock = TimeProvider.System;
    private BatchLoader loader;
    private DataCursor cursor;
    private IReadOnlyList<MetricResult> metrics = [];

    /// <summary>Builds or restores the session.</summary>
    /// <exception cref="AtelierException">The recipe does not fit the dataset, or no checkpoint can be
    /// used.</exception>
    public TrainingLoop(TrainingRequest request)
    {
        this.request = request;
        recipe = request.Recipe.Recipe;
        var view = request.Dataset.Train;
        var blueprint = GanBlueprint.Of(
            recipe.Model, view.Dataset.Channels, request.Dataset.ImageSize,
            request.Dataset.ClassNames.Count);
        session = new GanSession(blueprint, recipe.Training, request.Precision, request.Device);
        guard = new NumericGuard(session);
        monitor = RunMonitor.Of(session, request.Dataset, recipe);
        sampler = new AverageSampler(
            blueprint, recipe.StandingStatistics, request.Dataset.ClassNames, request.Device);
        store = CheckpointStore.Open(
            request.Folder.CheckpointsFolder,
            new CheckpointRetention(recipe.Snapshots.KeepLast, recipe.Snapshots.KeepBest, BestIsHighest()),
            request.Observer.OnWarning);
        saveFailures = new SaveFailurePolicy(request.Observer.OnWarning);
        try
        {
            step = new TrainStep(
                session, LossCatalogue.Find(recipe.Loss, recipe.LossOptions), NextBatch,
                recording: StepRecording.Of(session));
            cursor = Begin();
        }
        catch
        {
            step?.Dispose();
            sampler.Dispose();
            monitor?.Dispose();
            session.Dispose();
            throw;
        }

        loader = Load();
        meter = new ProgressMeter(session.Step, recipe.Training.Steps, recipe.Training.ImagesPerStep);
        if (recipe.Snapshots.SamplesEverySteps is { } samples) meter.Expect(TrainingPhase.Sampling, samples);
        if (recipe.Snapshots.MetricsEverySteps is { } scores) meter.Expect(TrainingPhase.Evaluating, scores);
        meter.Expect(TrainingPhase.Saving, recipe.Snapshots.CheckpointEverySteps);
    }

    /// <summary>The networks and optimisers.</summary>
    public GanSession Session => session;

    /// <summary>What watches the run; null where the recipe wants no monitors.</summary>
    public RunMonitor? Monitor => monitor;

    /// <summary>Where the next batch begins.</summary>
    public DataCursor Cursor => cursor;

    /// <summary>Runs to the recipe's last step, or to a signal; either way the last state is saved.</summary>
    /// <exception cref="AtelierException">A number is not finite, or the disk failed three times in a
    /// row.</exception>
    public TrainingOutcome Run()
    {
        request.Observer.OnPlan(Plan());
        // Told again after every start: a kill may have come before it was written down.
        foreach (var rollback in monitor?.Rollbacks ?? []) request.Observer.OnIntervention(rollback);
        StopReason? stopped = null;
        var lastSaved = session.Step;
        while (session.Step < recipe.Training.Steps)
        {
            var result = step.Run();
            window.Add(result);
            meter.StepDone();
            request.Observer.OnStep(session.Step, recipe.Training.Steps);
            if (monitor?.AfterStep(result) is { } collapse && WentBack(collapse))
            {
                lastSaved = session.Step;
                continue;
            }

            if (Due(recipe.Snapshots.TickEverySteps)) Tick();
            stopped = request.Stop.Requested;
            if (stopped is not null) break;
            if (session.Step < recipe.Training.Steps) lastSaved = Snapshots(lastSaved);
        }

        if (window.Count > 0) Tick();
        if (lastSaved != session.Step || store.Reader.Steps.Count == 0) SaveLast();
        if (stopped is null && !Finish()) stopped = request.Stop.Requested;
        request.Observer.OnEnd(new TrainingEnd(
            session.Step, recipe.Training.Steps, meter.Elapsed.TotalSeconds, stopped is not null));
        return new TrainingOutcome(session.Step, stopped, metrics);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        loader.Dispose();
        step.Dispose();
        sampler.Dispose();
        monitor?.Dispose();
        session.Dispose();
    }

    private DataCursor Begin()
    {
        var fresh = new DataCursor((ulong)recipe.Training.Seed);
        if (!request.Resumes) return fresh;
        var checkpoint = store.Reader.LoadLatest(strict: false, request.Observer.OnWarning);
        if (checkpoint is null) return fresh;
        var state = SessionCheckpoint.Restore(checkpoint, session, request.Dataset.Train.ContentHash);
        monitor?.Restore(checkpoint);
        foreach (var note in ResumeNotes.Of(state, request.Precision)) request.Observer.OnWarning(note);
        return state.Cursor;
    }

    private BatchLoader Load() => new(request.Dataset.Train, new LoaderOptions
    {
        BatchSize = recipe.Training.BatchSize,
        Cursor = cursor,
        HorizontalFlip = recipe.Data.Flip,
        ShuffleWindow = recipe.Data.ShuffleWindow,
    });

    /// <summary>Answers a collapse; true where the run is back at an earlier step.</summary>
    /// <exception cref="AtelierException">Kind Numeric: the run ends here.</exception>
    private bool WentBack(CollapseReport collapse)
    {
        var answer = new CollapseAnswer(recipe.Monitors, store.Reader, request.Observer.OnWarning);
        if (answer.Warning(collapse) is { } warning)
        {
            request.Observer.OnWarning(warning);
            monitor!.Accept();
            return false;
        }

        GoBack(answer.WayBack(collapse, monitor!.Rollbacks.Count), collapse);
        return true;
    }

    private void GoBack(Checkpoint checkpoint, CollapseReport collapse)
    {
        var before = session.GeneratorRateFactor;
        var after = before * recipe.Monitors.RollbackRate;
        cursor = SessionCheckpoint.Restore(checkpoint, session, request.Dataset.Train.ContentHash).Cursor;
        session.GeneratorRateFactor = after;
        var rate = recipe.Training.Generator.LearningRate;
        var rollback = CollapseAnswer.Rollback(
            collapse, session.Step, rate * before, rate * after, clock.GetUtcNow());
        monitor!.GoBack(checkpoint, rollback);
        loader.Dispose();
        loader = Load();
        window.Clear();
        sampler.Forget();
        meter.GoBack(session.Step);
        // Takes the place of the checkpoint gone back to and drops later ones. Killed before it is whole, the
        // run resumes from a later one, sees the collapse again and goes back again.
        Save();
        request.Observer.OnRollback(session.Step);
        request.Observer.OnIntervention(rollback);
    }

    private TrainingPlan Plan() => new(
        request.Folder.Path, recipe.Name, session.Step, recipe.Training.Steps, recipe.Training.ImagesPerStep,
        request.Dataset.Describe(),
        $"{Place()}, libtorch {TorchRuntime.Version}", PrecisionSelector.Word(request.Precision),
        session.Generator.ParameterCount(), session.Discriminator.ParameterCount());

    private string Place() => session.Device.Type == DeviceType.Cpu
        ? $"CPU, {Counted.Of(TorchRuntime.ThreadCount, "thread")}"
        : session.Device.ToString();

    private RealBatch NextBatch()
    {
        using var batch = loader.Next();
        cursor = batch.Cursor;
        return new RealBatch(batch.ToImages(session.Device), batch.ToLabels(session.Device));
    }

    private bool Due(int? interval) => interval is { } every && session.Step % every == 0;

    private long Snapshots(long lastSaved)
    {
        if (Due(recipe.Snapshots.SamplesEverySteps)) WriteSamples();
        var evaluates = Due(recipe.Snapshots.MetricsEverySteps) && request.Evaluator is not null;
        if (!evaluates && !Due(recipe.Snapshots.CheckpointEverySteps)) return lastSaved;
        // Saved first, so that a kill during a long evaluation costs nothing.
        var saved = Save();
        if (evaluates) Evaluate(saved);
        return saved ? session.Step : lastSaved;
    }

    private void Tick()
    {
        request.Observer.OnTick(window.Take(new TickContext(
            session.Step, recipe.Training.Steps, session.Step * recipe.Training.ImagesPerStep,
            clock.GetUtcNow(),
            meter.Elapsed.TotalSeconds, meter.Eta?.TotalSeconds, meter.TakeImagesPerSecond(),
            session.GeneratorOptimizer.LearningRate, session.DiscriminatorOptimizer.LearningRate)) with
        {
            Extra = monitor?.TakeScalars(),
        });
    }

    private bool Save()
    {
        guard.CheckState(session.Step);
        using var pause = Enter(TrainingPhase.Saving);
        var started = clock.GetTimestamp();
        long bytes = 0;
        store.Pinned = monitor?.SoundStep;
        CheckpointPart[] parts =
        [
            .. SessionCheckpoint.Parts(
                session, RunCard.Of(session, request), cursor, request.Dataset.Train.ContentHash),
            .. monitor?.Parts() ?? [],
        ];
        var saved = saveFailures.TrySave(() => bytes = store.Save(session.Step, parts));
        if (saved)
            request.Observer.OnCheckpoint(new CheckpointSaved(
                session.Step,
                Path.Combine(request.Folder.CheckpointsFolder, CheckpointNames.OfStep(session.Step)), bytes,
                clock.GetElapsedTime(started).TotalSeconds));
        return saved;
    }

    /// <summary>
    /// The save that nothing comes after: to let its failure pass would be to lose the work in silence.
    /// </summary>
    private void SaveLast()
    {
        if (!Save())
            throw new AtelierException(
                FailureKind.Disk,
                $"The run ends at step {session.Step} and that step could not be saved: the warning above " +
                "says why. Free some space and go on with --resume auto.");
    }

    private bool Finish()
    {
        WriteSamples();
        var done = Evaluate(canMarkBest: store.Reader.Steps.Contains(session.Step));
        if (request.Evaluator is null || !File.Exists(request.Folder.ModelPath)) WriteModel();
        return done;
    }

    private void WriteSamples()
    {
        using var pause = Enter(TrainingPhase.Sampling);
        sampler.WriteGrid(session, request.Folder, request.Observer);
    }

    /// <summary>False where a signal came in the middle.</summary>
    private bool Evaluate(bool canMarkBest)
    {
        if (request.Evaluator is not { } evaluator) return true;
        using var pause = Enter(TrainingPhase.Evaluating);
        var scores = new RunScoring(evaluator, store, request.Observer, clock)
            .Score(sampler.At(session), session.Step, canMarkBest, request.Stop.Token);
        if (scores is null) return false;
        metrics = scores.Metrics;
        if (scores.IsBest) WriteModel();
        return true;
    }

    private void WriteModel() =>
        new RunModel(request.Folder, request.Observer).Write(
            sampler.At(session), RunCard.Of(session, request));

    private Pause Enter(TrainingPhase phase)
    {
        request.Observer.OnPhase(phase);
        return new Pause(meter.Pause(phase), request.Observer);
    }

    private bool BestIsHighest() =>
        recipe.Snapshots.Metrics is [var first, ..] && MetricCatalogue.HigherIsBetter(first);

    /// <summary>A pause that tells the observer when training goes on.</summary>
    private sealed class Pause(IDisposable timed, ITrainingObserver observer) : IDisposable
    {
        public void Dispose()
        {
            timed.Dispose();
            observer.OnPhase(TrainingPhase.Training);
        }
    }
}
