namespace Atelier.Training.Checkpoints;

/// <summary>One file of a checkpoint to be saved.</summary>
/// <param name="Name">File name without a folder, such as <c>generator.safetensors</c>.</param>
/// <param name="Write">Writes the content front to back; the stream cannot seek and is closed for it.</param>
public sealed record CheckpointPart(string Name, Action<Stream> Write)
{
    /// <summary>Refuses names that are no plain file names, or come twice.</summary>
    internal static void CheckNames(IReadOnlyList<CheckpointPart> parts)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            if (!CheckpointManifest.IsPartName(part.Name) || !names.Add(part.Name))
                throw new ArgumentException(
                    $"\"{part.Name}\" cannot be a file of a checkpoint, or is one twice", nameof(parts));
        }
    }
}
