using Microsoft.Win32.SafeHandles;

namespace Atelier.IO;

/// <summary>
/// The bytes of a file that nobody vouches for, read by position and bounds checked, and the words for
/// refusing it. Safe to read from many threads at once.
/// </summary>
public abstract class UntrustedBytes : IDisposable
{
    private readonly SafeFileHandle? handle;
    private readonly ReadOnlyMemory<byte> memory;

    /// <summary>Takes over an open file.</summary>
    /// <param name="path">What messages call it.</param>
    /// <param name="handle">The file; closed by <see cref="Dispose()"/>.</param>
    protected UntrustedBytes(string path, SafeFileHandle handle)
    {
        ArgumentNullException.ThrowIfNull(handle);
        (Path, this.handle, Length) = (path, handle, RandomAccess.GetLength(handle));
    }

    /// <summary>Wraps bytes that are in memory.</summary>
    protected UntrustedBytes(string path, ReadOnlyMemory<byte> memory)
        => (Path, this.memory, Length) = (path, memory, memory.Length);

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    /// <summary>Bytes of the file when it was opened.</summary>
    public long Length { get; }

    /// <summary>The failure of a file that will not be read; <paramref name="holds"/> says why, as a clause
    /// that begins with "it" or "its".</summary>
    public abstract AtelierException Refuse(string holds);

    /// <summary>Reads a whole range.</summary>
    /// <exception cref="AtelierException">The range is not inside the file, or the disk failed.</exception>
    public void Read(long offset, Span<byte> target)
    {
        if (offset < 0 || target.Length > Length - offset)
            throw Refuse($"it points at {target.Length} bytes from {offset}, and has {Length} in all");
        if (handle is null)
        {
            memory.Span.Slice((int)offset, target.Length).CopyTo(target);
            return;
        }

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
            throw Unreadable(error);
        }
    }

    /// <summary>Reads a range into a new array.</summary>
    /// <exception cref="AtelierException">As for the other overload.</exception>
    public byte[] Read(long offset, int count)
    {
        if (offset < 0 || count < 0 || count > Length - offset)
            throw Refuse($"it points at {count} bytes from {offset}, and has {Length} in all");
        var bytes = GC.AllocateUninitializedArray<byte>(count);
        Read(offset, bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens a file for reading, unless it is empty, a pipe or a device.</summary>
    /// <param name="path">The file; links are followed.</param>
    /// <param name="refuse">The failure of a file without length; the parameter says why, as a clause
    /// behind the file's name.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    protected static SafeFileHandle OpenOrdinary(string path, Func<string, AtelierException> refuse)
    {
        ArgumentNullException.ThrowIfNull(refuse);
        if (OrdinaryFile.HasNoLength(path))
            throw refuse("is empty, or no ordinary file; copy it again");
        return File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>The failure of a disk under the file.</summary>
    protected abstract AtelierException Unreadable(IOException error);

    /// <summary>Closes the file.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing) handle?.Dispose();
    }
}
