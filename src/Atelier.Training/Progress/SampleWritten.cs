namespace Atelier.Training.Progress;

/// <summary>A picture of samples is on the disk.</summary>
/// <param name="Step">Step of the weights that made it.</param>
/// <param name="Path">The PNG.</param>
public sealed record SampleWritten(long Step, string Path);
