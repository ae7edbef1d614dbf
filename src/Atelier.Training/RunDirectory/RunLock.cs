using System.Text.Json;
using Atelier.IO;

namespace Atelier.Training.RunDirectory;

/// <summary>
/// Keeps a second process out of a run directory. The kernel's file lock goes with its process, so nothing is left to clean
/// after a kill; the owner written in the file serves file systems without such locks, and the message.
/// </summary>
public sealed class RunLock : IDisposable
{
    private readonly FileStream stream;

    private RunLock(FileStream stream) => this.stream = stream;

    /// <summary>Takes the lock of a run directory, at once or not at all.</summary>
    /// <exception cref="AtelierException">Kind Preflight: another process has it. Kind Disk: it cannot be written.</exception>
    public static RunLock Acquire(string path)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (UnauthorizedAccessException e)
        {
            throw DiskFailure.From(e, path);
        }
        catch (IOException e)
        {
            // .NET reports the held lock (EWOULDBLOCK) as a sharing violation; anything else is the disk's fault.
            if (File.Exists(path) && !DiskFailure.IsNoSpace(e))
                throw Busy(path, ReadOwner(path));
            throw DiskFailure.From(e, path);
        }

        try
        {
            var owner = Parse(ReadAll(stream));
            var current = RunLockOwner.Current();
            if (owner is not null && owner != current && owner.IsAlive())
                throw Busy(path, owner);
            stream.SetLength(0);
            stream.Write(JsonSerializer.SerializeToUtf8Bytes(current, RunJson.Default.RunLockOwner));
            return new RunLock(stream);
        }
        catch (Exception e)
        {
            stream.Dispose();
            if (e is IOException)
                throw DiskFailure.From(e, path);
            throw;
        }
    }

    /// <summary>Lets go. The file stays, empty: deleting it would let two others lock two files of one name.</summary>
    public void Dispose()
    {
        try
        {
            stream.SetLength(0);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // An owner that no longer lives is as good as none.
        }

        stream.Dispose();
    }

    private static byte[] ReadAll(FileStream stream)
    {
        var bytes = new byte[Math.Min(stream.Length, 4096)];
        stream.ReadExactly(bytes);
        stream.Position = 0;
        return bytes;
    }

    private static RunLockOwner? ReadOwner(string path)
    {
        try
        {
            // This combination asks the kernel for no lock, so it reads past the one that is held.
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            return Parse(ReadAll(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static RunLockOwner? Parse(byte[] bytes)
    {
        try
        {
            return bytes.Length == 0 ? null : JsonSerializer.Deserialize(bytes, RunJson.Default.RunLockOwner);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static AtelierException Busy(string path, RunLockOwner? owner)
    {
        var who = owner is null ? "another process" : $"process {owner.Pid} on {owner.Host}";
        return new AtelierException(
            FailureKind.Preflight,
            $"the run directory {Path.GetDirectoryName(path)} is in use by {who}; wait for it or stop it, or choose another --out");
    }
}
