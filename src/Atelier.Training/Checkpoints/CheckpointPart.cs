namespace Atelier.Training.Checkpoints;

/// <summary>One file of a checkpoint to be saved.</summary>
/// <param name="Name">File name without a folder, such as <c>generator.safetensors</c>.</param>
/// <param name="Write">Writes the content front to back; the stream cannot seek and is closed for it.</param>
public sealed record CheckpointPart(string Name, Action<Stream> Write);
