namespace Atelier.Training.Checkpoints;

/// <summary>A checkpoint on disk whose every byte was found as its manifest says.</summary>
public sealed class Checkpoint
{
    private readonly CheckpointManifest manifest;

    internal Checkpoint(string folder, CheckpointManifest manifest)
    {
        Folder = folder;
        this.manifest = manifest;
    }

    /// <summary>The folder that holds it.</summary>
    public string Folder { get; }

    /// <summary>The step after which it was saved.</summary>
    public long Step => manifest.Step;

    /// <summary>Size of all its files together.</summary>
    public long TotalBytes => manifest.TotalBytes;

    /// <summary>Names of its files.</summary>
    public IEnumerable<string> Names => manifest.Files.Select(file => file.Name);

    /// <summary>Path of one of its files.</summary>
    /// <exception cref="AtelierException">Kind Checkpoint: the checkpoint has no such file.</exception>
    public string PathOf(string name) => manifest.Files.Any(file => file.Name == name)
        ? Path.Combine(Folder, name)
        : throw new AtelierException(
            FailureKind.Checkpoint,
            $"the checkpoint {Folder} has no {name}; it has {string.Join(", ", Names)}");
}
