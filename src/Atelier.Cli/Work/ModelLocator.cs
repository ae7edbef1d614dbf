using Atelier.Cli.Application;
using Atelier.Gan;
using Atelier.Text;
using Atelier.Training.Checkpoints;
using Atelier.Training.Loop;
using Atelier.Training.RunDirectory;

namespace Atelier.Cli.Work;

/// <summary>
/// Finds the model file behind MODEL|RUN: a file, the best checkpoint of a run, or a shipped name.
/// </summary>
internal static class ModelLocator
{
    /// <summary>The path of a model file that exists.</summary>
    /// <exception cref="AtelierException">There is none, or the run has no sound checkpoint.</exception>
    public static string Find(AtelierHome home, string word, Action<string> warn)
    {
        if (RunFolder.IsRun(word)) return OfRun(RunFolder.Open(word), warn);
        if (File.Exists(word)) return word;
        var shipped = Path.Combine(home.Models, word + ".safetensors");
        if (File.Exists(shipped)) return shipped;
        if (Directory.Exists(word))
            throw new AtelierException(
                FailureKind.Checkpoint,
                $"The folder '{word}' is not a run: it has no recipe.yaml. Give the folder of a run, a " +
                ".safetensors file, or the name of a shipped model.");
        throw new AtelierException(
            FailureKind.Checkpoint,
            $"There is no model '{word}': no file, no run and no shipped model has that name." +
            Suggestion.DidYouMean(word, Names(home)));
    }

    /// <summary>True when a word names a model rather than images.</summary>
    public static bool IsModel(AtelierHome home, string word) =>
        RunFolder.IsRun(word) || ModelFile.Recognises(word) ||
        File.Exists(Path.Combine(home.Models, word + ".safetensors"));

    private static string OfRun(RunFolder run, Action<string> warn)
    {
        var checkpoint = new CheckpointReader(run.CheckpointsFolder).LoadBest(strict: false, warn)
            ?? throw new AtelierException(
                FailureKind.Checkpoint,
                $"The run '{run.Path}' has no checkpoint yet. Let it train a little longer.");
        return checkpoint.PathOf(SessionCheckpoint.AverageFile);
    }

    private static List<string> Names(AtelierHome home) => Directory.Exists(home.Models)
        ? [.. Directory.EnumerateFiles(home.Models, "*.safetensors").Select(
            p => Path.GetFileNameWithoutExtension(p)!)]
        : [];
}
