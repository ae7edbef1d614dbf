namespace Atelier.Training.Checkpoints;

/// <summary>Which checkpoints stay.</summary>
/// <param name="KeepLast">Newest ones, at least 1.</param>
/// <param name="KeepBest">Those of the best metric, besides; 0 for none.</param>
/// <param name="HigherIsBetter">False for FID, true for IS.</param>
public sealed record CheckpointRetention(int KeepLast = 3, int KeepBest = 2, bool HigherIsBetter = false)
{
    /// <summary>
    /// Room that a run needs for checkpoints of a size: all that stay, the one being written, and a tenth.
    /// </summary>
    public long RequiredBytes(long checkpointBytes) =>
        (long)(checkpointBytes * (KeepLast + KeepBest + 1) * 1.1);
}
