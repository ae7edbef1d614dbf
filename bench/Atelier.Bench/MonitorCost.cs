using System.Globalization;
using Atelier.Data;
using Atelier.Training.Loop;
using Atelier.Training.Progress;
using Atelier.Training.Recipes;
using Atelier.Training.RunDirectory;
using Atelier.Training.Signals;

namespace Atelier.Bench;

/// <summary>
/// What the monitors cost: the time of a look and the time of a step without looks, both of one run. Looks
/// are taken more often here than in a real run, so that there are enough of them to time.
/// </summary>
internal sealed class MonitorCost : ITrainingObserver
{
    private const int WarmUpSteps = 10;
    private const int Steps = 70;
    private const int LookEvery = 10;

    private TrainingLoop? loop;
    private long started;
    private TimeSpan spentBefore;
    private TimeSpan elapsed;

    /// <summary>Trains a packed dataset by a recipe for a while and prints both times and their
    /// ratio.</summary>
    public static void Print(string data, string recipePath, IReadOnlyList<string> set)
    {
        var every = RecipeResolver.ResolveFile(recipePath, new RecipeOverrides { Set = [.. set] })
            .Recipe.Monitors.EverySteps;
        var recipe = RecipeResolver.ResolveFile(recipePath, new RecipeOverrides
        {
            Set =
            [
                .. set, $"training.steps={Steps}", $"snapshots.checkpoint_every_steps={Steps}",
                "snapshots.samples_every_steps=null", "snapshots.metrics_every_steps=null",
                $"monitors.every_steps={LookEvery}",
            ],
        });
        var scratch = Directory.CreateTempSubdirectory("atelier-bench-").FullName;
        try
        {
            using var packed = PackedDataset.Open(data);
            using var stop = new StopSignal();
            var bench = new MonitorCost();
            using var loop = new TrainingLoop(new TrainingRequest
            {
                Recipe = recipe,
                Dataset = RunDataset.Of(packed),
                Folder = RunFolder.CreateExact(Path.Combine(scratch, "run")),
                Precision = PrecisionSelector.Settle(recipe.Recipe.Training.Precision),
                Observer = bench,
                Stop = stop,
            });
            bench.loop = loop;
            loop.Run();
            var looks = loop.Monitor!.Spent - bench.spentBefore;
            var look = looks / ((Steps - WarmUpSteps) / LookEvery);
            var step = (bench.elapsed - looks) / (Steps - WarmUpSteps);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{recipe.Recipe.Name}: a step {step.TotalMilliseconds:F1} ms, a look " +
                $"{look.TotalMilliseconds:F1} ms ({look / step:F2} steps), one every {every} steps: " +
                $"{100 * look / step / every:F2} %"));
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    /// <inheritdoc/>
    public void OnStep(long step, long totalSteps)
    {
        if (step == WarmUpSteps)
        {
            started = TimeProvider.System.GetTimestamp();
            spentBefore = loop!.Monitor!.Spent;
        }

        elapsed = TimeProvider.System.GetElapsedTime(started);
    }
}
