using Atelier.Training.Checkpoints;
using Atelier.Training.RunDirectory;

namespace Atelier.Cli.Work;

/// <summary>The step that a run goes on from.</summary>
internal static class Resumable
{
    /// <summary>The newest sound checkpoint's step; null for a fresh run.</summary>
    public static long? StepOf(RunFolder folder, bool resumes) =>
        resumes ? new CheckpointReader(folder.CheckpointsFolder).LoadLatest()?.Step ?? 0 : null;
}
