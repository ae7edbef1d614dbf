using System.Text.Json;
using Atelier.IO;

namespace Atelier.Training.RunDirectory;

/// <summary>
/// Keeps a second process out of a run directory. The kernel's lock on the file goes with its process, so
/// nothing is left
/// to clean after a kill; the owner noted beside it serves file systems without such locks, and the message.
/// </summary>
public sealed class RunLock : IDisposable
{
    private readonly FileStream stream;
    private readonly string ownerPath;

    private RunLock(FileStream stream, string ownerPath)
    {
        this.stream = stream;
        this.ownerPath = ownerPath;
    }

    /// <summary>Takes the lock of a run directory, at once or not at all.</summary>
    /// <param name="path">The lock file; it is created, stays, and is always empty.</param>
    /// <exception cref="AtelierException">
    /// Kind Preflight: another process has it. Kind Disk: it cannot be written.
    /// </exception>
    public static RunLock Acquire(string path)
    {
        // A file of its own: .NET asks for a shared lock to read, which the held one would refuse.
        var ownerPath = path + ".owner";
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None,
                bufferSize: 0);
        }
        catch (UnauthorizedAccessException e)
        {
            throw DiskFailure.From(e, path);
        }
        catch (IOException e)
        {
            // .NET reports the held lock (EWOULDBLOCK) as a sharing violation; anything else is the disk's
            // fault.
            if (File.Exists(path) && !DiskFailure.IsNoSpace(e))
                throw Busy(path, ReadOwner(ownerPath));
            throw DiskFailure.From(e, path);
        }

        try
        {
            var current = RunLockOwner.Current();
            if (ReadOwner(ownerPath) is { } owner && owner != current && owner.IsAlive())
                throw Busy(path, owner);
            File.WriteAllBytes(ownerPath,
                JsonSerializer.SerializeToUtf8Bytes(current, RunJson.Default.RunLockOwner));
            return new RunLock(stream, ownerPath);
        }
        catch (Exception e)
        {
            stream.Dispose();
            if (e is IOException or UnauthorizedAccessException)
                throw DiskFailure.From(e, ownerPath);
            throw;
        }
    }

    /// <summary>
    /// Lets go. The lock file stays: deleting it would let two others lock two files of one name.
    /// </summary>
    public void Dispose()
    {
        try
        {
            File.Delete(ownerPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An owner that no longer lives is as good as none.
        }

        stream.Dispose();
    }

    private static RunLockOwner? ReadOwner(string ownerPath)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(ownerPath), RunJson.Default.RunLockOwner);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static AtelierException Busy(string path, RunLockOwner? owner)
    {
        var who = owner is null ? "another process" : $"process {owner.Pid} on {owner.Host}";
        return new AtelierException(
            FailureKind.Preflight,
            $"the run directory {Path.GetDirectoryName(path)} is in use by {who}; wait for it or stop it, " +
            "or choose another --out");
    }
}
