namespace Atelier.Training.Progress;

/// <summary>A checkpoint is on the disk.</summary>
/// <param name="Step">Its step.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Seconds">How long the save held the training up.</param>
public sealed record CheckpointSaved(long Step, string Folder, long Bytes, double Seconds);
