namespace Atelier.Training.Checkpoints;

/// <summary>One file in a manifest: name, length, and hash in lower-case hex.</summary>
internal sealed record CheckpointManifestFile(string Name, long Bytes, string Sha256);
