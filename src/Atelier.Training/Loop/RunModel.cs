using Atelier.Gan;
using Atelier.Training.Progress;
using Atelier.Training.RunDirectory;

namespace Atelier.Training.Loop;

/// <summary>
/// The model file in a run's folder, the one to hand on: the averaged generator of the best step, or of the
/// last where steps are not scored, with the standing statistics that it was drawn and scored with.
/// </summary>
internal sealed class RunModel(RunFolder folder, ITrainingObserver observer)
{
    /// <summary>Writes it, whole or not at all; a disk that fails costs the file, not the run.</summary>
    /// <param name="average">With standing statistics, gathered without truncation.</param>
    /// <param name="card">Of its step.</param>
    public void Write(GeneratorNetwork average, ModelCard card)
    {
        try
        {
            ModelFile.Write(folder.ModelPath, average, card with { HasStandingStatistics = true });
        }
        catch (AtelierException error) when (error.Kind == FailureKind.Disk)
        {
            observer.OnWarning($"The model file was not written: {error.Message}");
        }
    }
}
