namespace Atelier.Training.Checkpoints;

/// <summary>
/// Every change that <see cref="CheckpointStore"/> makes to a disk goes through here, so that a test can fail
/// each one in
/// turn. Members throw <see cref="IOException"/>, <see cref="UnauthorizedAccessException"/> or an
/// <see cref="AtelierException"/> of kind Disk.
/// </summary>
public interface ICheckpointFileSystem
{
    /// <summary>Creates a folder and those above it.</summary>
    void CreateFolder(string path);

    /// <summary>Creates a file that must not exist; the caller disposes the stream.</summary>
    Stream CreateFile(string path);

    /// <summary>Waits until a file's content is on the disk.</summary>
    void FsyncFile(string path);

    /// <summary>Waits until a folder's entries are on the disk.</summary>
    void FsyncFolder(string path);

    /// <summary>rename(2), within one file system.</summary>
    void Rename(string from, string to);

    /// <summary>Deletes a file.</summary>
    void DeleteFile(string path);

    /// <summary>Deletes a folder with all in it.</summary>
    void DeleteFolder(string path);

    /// <summary>Bytes free for this user where a folder lies; -1 when that cannot be told.</summary>
    long FreeBytes(string folder);
}
