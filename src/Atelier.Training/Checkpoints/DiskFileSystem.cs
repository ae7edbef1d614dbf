using Atelier.IO;

namespace Atelier.Training.Checkpoints;

/// <summary>The real disk.</summary>
public sealed class DiskFileSystem : ICheckpointFileSystem
{
    private const int BufferBytes = 1 << 16;

    /// <inheritdoc/>
    public void CreateFolder(string path) => Directory.CreateDirectory(path);

    /// <inheritdoc/>
    public Stream CreateFile(string path) =>
        new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, BufferBytes);

    /// <inheritdoc/>
    public void FsyncFile(string path) => AtomicFile.FsyncFile(path);

    /// <inheritdoc/>
    public void FsyncFolder(string path) => AtomicFile.FsyncDirectory(path);

    /// <inheritdoc/>
    public void Rename(string from, string to) => AtomicFile.Rename(from, to);

    /// <inheritdoc/>
    public void DeleteFile(string path) => File.Delete(path);

    /// <inheritdoc/>
    public void DeleteFolder(string path) => Directory.Delete(path, recursive: true);

    /// <inheritdoc/>
    public long FreeBytes(string folder) => DiskFailure.FreeBytes(Path.Combine(folder, "file"));
}
