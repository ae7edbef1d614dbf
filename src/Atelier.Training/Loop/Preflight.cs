using System.Diagnostics;
using Atelier.Data;
using Atelier.Gan;
using Atelier.IO;
using Atelier.Nn;
using Atelier.Torch;
using Atelier.Training.Checkpoints;
using Atelier.Training.Recipes;
using Atelier.Training.Telemetry;

namespace Atelier.Training.Loop;

/// <summary>Finds out what a run will need by taking a few real steps of it.</summary>
public static class Preflight
{
    // Weights of G, its average and D, and two moments for G and for D, all float32.
    private const int GeneratorCopies = 4;
    private const int DiscriminatorCopies = 3;
    private const int ElementBytes = 4;
    private const int MostTimedSteps = 20;
    private static readonly TimeSpan LongestTiming = TimeSpan.FromSeconds(3);

    /// <summary>Builds the networks, takes a few steps and measures.</summary>
    /// <param name="recipe">What would be done.</param>
    /// <param name="dataset">On which images.</param>
    /// <param name="precision">Settled precision.</param>
    /// <param name="output">Where the run would be written; it need not exist.</param>
    /// <param name="device">Where the networks would be; null for the processor.</param>
    /// <exception cref="AtelierException">The recipe does not fit the dataset, or memory ran out.</exception>
    public static PreflightResult Measure(
        ResolvedRecipe recipe, RunDataset dataset, Precision precision, string output,
        Device? device = null)
    {
        var settings = recipe.Recipe;
        var view = dataset.Train;
        var blueprint = GanBlueprint.Of(
            settings.Model, view.Dataset.Channels, dataset.ImageSize, dataset.ClassNames.Count);
        using var session = new GanSession(blueprint, settings.Training, precision, device);
        using var loader = new BatchLoader(view, new LoaderOptions
        {
            BatchSize = settings.Training.BatchSize,
            Cursor = new DataCursor((ulong)settings.Training.Seed),
            HorizontalFlip = settings.Data.Flip,
            ShuffleWindow = settings.Data.ShuffleWindow,
        });
        using var step = new TrainStep(session, LossCatalogue.Find(settings.Loss, settings.LossOptions), () =>
        {
            using var batch = loader.Next();
            return new RealBatch(batch.ToImages(session.Device), batch.ToLabels(session.Device));
        }, recording: StepRecording.Of(session));
        step.Run();
        var seconds = SecondsOf(step);
        var generator = session.Generator.ParameterCount();
        var discriminator = session.Discriminator.ParameterCount();
        var checkpoint =
            ElementBytes * ((generator * GeneratorCopies) + (discriminator * DiscriminatorCopies));
        var retention = new CheckpointRetention(settings.Snapshots.KeepLast, settings.Snapshots.KeepBest);
        return new PreflightResult(
            generator, discriminator, precision, seconds, MemoryProbe.Read().PeakResident,
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, retention.RequiredBytes(checkpoint),
            FreeBytesNear(output));
    }

    /// <summary>A mean over a few steps; the first one, which compiled, is behind us.</summary>
    private static double SecondsOf(TrainStep step)
    {
        var watch = Stopwatch.StartNew();
        var steps = 0;
        do
        {
            step.Run();
            steps++;
        }
        while (steps < MostTimedSteps && watch.Elapsed < LongestTiming);
        return watch.Elapsed.TotalSeconds / steps;
    }

    private static long FreeBytesNear(string output)
    {
        var folder = Path.GetFullPath(output);
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent) folder = parent;
        return DiskFailure.FreeBytes(Path.Combine(folder, "x"));
    }
}
