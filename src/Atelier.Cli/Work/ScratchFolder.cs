namespace Atelier.Cli.Work;

/// <summary>A folder for a command's own files, deleted at its end.</summary>
internal sealed class ScratchFolder : IDisposable
{
    /// <summary>Makes the folder.</summary>
    public ScratchFolder() => Path = Directory.CreateTempSubdirectory("atelier-").FullName;

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>The path of a file in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
