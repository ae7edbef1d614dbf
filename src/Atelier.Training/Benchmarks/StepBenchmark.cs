using Atelier.Data;
using Atelier.Gan;
using Atelier.Torch;
using Atelier.Training.Loop;
using Atelier.Training.Recipes;

namespace Atelier.Training.Benchmarks;

/// <summary>
/// Times real training steps of a recipe: loader, both networks, optimisers and average, as a run takes them,
/// without what a run does between steps.
/// </summary>
public static class StepBenchmark
{
    private const double Tera = 1e12;

    /// <summary>Builds the networks, takes the steps, then times the floor.</summary>
    /// <param name="recipe">What is trained.</param>
    /// <param name="data">The images, of the recipe's size.</param>
    /// <param name="options">How it is measured.</param>
    /// <param name="cancel">Stops between steps.</param>
    /// <exception cref="AtelierException">The images have another size than the recipe's (Usage), a loss is
    /// not finite (Numeric), memory ran out, or the trace cannot be written (Disk).</exception>
    public static StepBenchmarkResult Run(
        Recipe recipe, DatasetView data, StepBenchmarkOptions options, CancellationToken cancel = default)
    {
        var training = recipe.Training;
        var blueprint = GanBlueprint.Of(
            recipe.Model, data.Dataset.Channels, data.Dataset.ImageSize, data.Dataset.ClassNames.Count);
        using var session = new GanSession(blueprint, training, options.Precision, options.Device);
        using var loader = new BatchLoader(data, new LoaderOptions
        {
            BatchSize = training.BatchSize,
            Cursor = new DataCursor((ulong)training.Seed),
            HorizontalFlip = recipe.Data.Flip,
            ShuffleWindow = recipe.Data.ShuffleWindow,
        });
        var clock = new PhaseClock(settle: DeviceWork.WaitOn(options.Device));
        using var step = new TrainStep(session, LossCatalogue.Find(recipe.Loss, recipe.LossOptions), () =>
        {
            using var batch = loader.Next(cancel);
            return new RealBatch(batch.ToImages(session.Device), batch.ToLabels(session.Device));
        }, recording: StepRecording.Of(session))
        {
            Clock = clock,
        };
        PeakMemory.Reset();
        var steps = new List<PhaseSeconds>();
        for (var k = 0; k < options.WarmUpSteps + options.Steps; k++)
        {
            cancel.ThrowIfCancellationRequested();
            var measured = Take(step, clock);
            if (k >= options.WarmUpSteps) steps.Add(measured);
        }

        var peak = PeakMemory.Megabytes();
        if (options.TracePath is { } path) StepTrace.Write(path, recipe.Name, step, clock);
        var median = Median.Of(steps, static s => s.Total());
        var rate = training.ImagesPerStep / median.Total();
        return new StepBenchmarkResult(
            [.. steps.Select(static s => s.Total())], median.Total(), training.ImagesPerStep, rate, median,
            peak, session.Generator.ParameterCount(), session.Discriminator.ParameterCount(),
            options.MeasuresFloor ? Floor(session, options, rate, cancel) : null);
    }

    /// <summary>Takes one step and gives its phases.</summary>
    internal static PhaseSeconds Take(TrainStep step, PhaseClock clock)
    {
        clock.Begin();
        step.Run();
        return clock.End();
    }

    private static StepFloor Floor(
        GanSession session, StepBenchmarkOptions options, double rate, CancellationToken cancel)
    {
        var settings = session.Settings;
        var plan = FloorPlan.Of(
            session.Generator, session.Discriminator, settings.BatchSize, settings.Accumulation,
            settings.DiscriminatorSteps);
        var seconds = new FloorTimer(options.Precision, options.Device, cancel).Seconds(plan);
        var phases = new PhaseSeconds(
            0, seconds[StepPhase.GeneratorForward], seconds[StepPhase.DiscriminatorForward],
            seconds[StepPhase.DiscriminatorBackward], seconds[StepPhase.Generator], 0, 0, 0);
        var images = settings.ImagesPerStep / phases.Total();
        return new StepFloor(
            phases.Total(), images, rate / images, plan.Sum(static entry => entry.Flops) / Tera, phases);
    }
}
