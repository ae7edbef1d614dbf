using Atelier.Data;
using Atelier.Training.Loop;
using Atelier.Training.Progress;
using Atelier.Training.Recipes;
using Atelier.Training.RunDirectory;
using Atelier.Training.Signals;

namespace Atelier.Bench;

/// <summary>One run under watch: prints one line, a detection or "silent".</summary>
internal static class SentinelTrial
{
    /// <summary>Trains to the end or to the collapse; stats.jsonl stays in the scratch folder.</summary>
    /// <returns>0 when silent, 6 at a collapse or a number that is not finite.</returns>
    public static int Run(string data, string recipePath, string scratch, IReadOnlyList<string> set)
    {
        var recipe = RecipeResolver.ResolveFile(recipePath, new RecipeOverrides
        {
            Set =
            [
                "snapshots.samples_every_steps=null", "snapshots.metrics_every_steps=null",
                "snapshots.tick_every_steps=10", .. set,
            ],
        });
        using var packed = PackedDataset.Open(data);
        var folder = RunFolder.CreateExact(scratch);
        folder.WriteRecipe(recipe);
        using var recorder = new RunRecorder(folder, null, static _ => { });
        using var stop = new StopSignal();
        using var loop = new TrainingLoop(new TrainingRequest
        {
            Recipe = recipe,
            Dataset = RunDataset.Of(packed),
            Folder = folder,
            Precision = PrecisionSelector.Settle(recipe.Recipe.Training.Precision),
            Observer = new ObserverGroup(new Warnings(), recorder),
            Stop = stop,
        });
        try
        {
            var outcome = loop.Run();
            Console.WriteLine($"silent to step {outcome.Step}");
            return 0;
        }
        catch (AtelierException failure) when (failure.Kind == FailureKind.Numeric)
        {
            Console.WriteLine(failure.Message);
            return 6;
        }
    }

    private sealed class Warnings : ITrainingObserver
    {
        public void OnWarning(string sentence) => Console.WriteLine(sentence);
    }
}
