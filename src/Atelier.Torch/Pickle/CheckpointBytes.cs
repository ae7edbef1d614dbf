using Microsoft.Win32.SafeHandles;

namespace Atelier.Torch.Pickle;

/// <summary>
/// The bytes of a foreign checkpoint, read by position and bounds checked, and the words for refusing it.
/// </summary>
internal sealed class CheckpointBytes : IDisposable
{
    private readonly SafeFileHandle handle;

    private CheckpointBytes(string path, SafeFileHandle handle)
    {
        Path = path;
        this.handle = handle;
        Length = RandomAccess.GetLength(handle);
    }

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    /// <summary>Bytes of the file when it was opened.</summary>
    public long Length { get; }

    /// <summary>Opens a file for reading; nothing is read yet.</summary>
    /// <exception cref="AtelierException">Missing, empty or unreadable (Checkpoint).</exception>
    public static CheckpointBytes Open(string path)
    {
        try
        {
            // Asked before opening: to open a pipe would wait for a writer.
            var info = new FileInfo(path);
            if (!info.Exists)
                throw new AtelierException(
                    FailureKind.Checkpoint,
                    Directory.Exists(path)
                        ? $"{path} is a folder, not a checkpoint; name a file in it."
                        : $"There is no file {path}. Check the path.");
            if (info.Length == 0)
                throw new AtelierException(
                    FailureKind.Checkpoint, $"{path} is empty, or no ordinary file; copy it again.");
            return new CheckpointBytes(
                path, File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception error) when (
            error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new AtelierException(FailureKind.Checkpoint, $"Cannot read {path}: {error.Message}", error);
        }
    }

    /// <summary>Reads a whole range.</summary>
    /// <exception cref="AtelierException">The range is not inside the file, or the disk failed
    /// (Checkpoint).</exception>
    public void Read(long offset, Span<byte> target)
    {
        if (offset < 0 || target.Length > Length - offset)
            throw Refuse($"it points at bytes {offset} to {offset + target.Length}, and has {Length}");
        try
        {
            for (var done = 0; done < target.Length;)
            {
                var count = RandomAccess.Read(handle, target[done..], offset + done);
                if (count == 0) throw Refuse("it became shorter while it was read");
                done += count;
            }
        }
        catch (IOException error)
        {
            throw new AtelierException(FailureKind.Checkpoint, $"Cannot read {Path}: {error.Message}", error);
        }
    }

    /// <summary>Reads a range into a new array.</summary>
    public byte[] Read(long offset, int count)
    {
        if (offset < 0 || count < 0 || count > Length - offset)
            throw Refuse($"it points at {count} bytes from {offset}, and has {Length} in all");
        var bytes = GC.AllocateUninitializedArray<byte>(count);
        Read(offset, bytes);
        return bytes;
    }

    /// <summary>The failure of a file that will not be read; <paramref name="holds"/> says why.</summary>
    public AtelierException Refuse(string holds) => Refuse(Path, holds);

    /// <summary>The failure of a file that will not be read; <paramref name="holds"/> says why.</summary>
    public static AtelierException Refuse(string path, string holds) => new(
        FailureKind.Checkpoint,
        $"{path} is refused: {holds}. Expected a state dict as torch.save writes it: tensors by name, " +
        "uncompressed, and nothing that runs. Nothing of it was executed.");

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();
}
