using Atelier.IO;
using Microsoft.Win32.SafeHandles;

namespace Atelier.Torch.Safetensors;

/// <summary>
/// An open safetensors file. Its header is checked whole at opening; tensors are read on demand, by position,
/// from
/// any thread. Nothing is mapped into memory, so that a file cut short meanwhile is an error and not a crash.
/// </summary>
public sealed partial class SafetensorsFile : IDisposable
{
    /// <summary>Linux reads at most a little under 2 GiB a call; this stays well below.</summary>
    private const int LargestRead = 1 << 30;

    private readonly SafeFileHandle handle;
    private readonly SafetensorsHeader header;
    private readonly Dictionary<string, SafetensorsEntry> byName;

    private SafetensorsFile(string path, SafeFileHandle handle, SafetensorsHeader header)
    {
        Path = path;
        this.handle = handle;
        this.header = header;
        byName = header.Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
    }

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    /// <summary>The free text of the header; empty when the file has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata => header.Metadata;

    /// <summary>The tensors in the order of their bytes.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries => header.Entries;

    /// <summary>The names in the order of their bytes.</summary>
    public IEnumerable<string> Names => header.Entries.Select(entry => entry.Name);

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="AtelierException">
    /// Missing, unreadable or not a sound safetensors file (Checkpoint).
    /// </exception>
    public static SafetensorsFile Open(string path)
    {
        SafeFileHandle? handle = null;
        try
        {
            if (!new FileInfo(path).Exists)
                throw Missing(path);
            if (OrdinaryFile.HasNoLength(path))
                throw SafetensorsHeader.Damaged(path, "it is empty");

            handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            var file = new SafetensorsFile(path, handle, ReadHeader(handle, path));
            handle = null;
            return file;
        }
        catch (Exception error) when (
            error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new AtelierException(FailureKind.Checkpoint, $"Cannot read {path}: {error.Message}", error);
        }
        finally
        {
            handle?.Dispose();
        }
    }

    /// <summary>Whether the file has a tensor of that name.</summary>
    public bool Contains(string name) => byName.ContainsKey(name);

    /// <summary>What the header says of one tensor.</summary>
    /// <exception cref="AtelierException">No tensor has that name (Checkpoint).</exception>
    public SafetensorsEntry Entry(string name) =>
        byName.TryGetValue(name, out var entry)
            ? entry
            : throw new AtelierException(
                FailureKind.Checkpoint,
                $"{Path} has no tensor {SafetensorsLimits.Quote(name)}; it has {byName.Count} others"
                + $"{NearestName(name)}. Is it the file of another model?");

    /// <summary>The bytes of one tensor, row-major and little-endian.</summary>
    /// <exception cref="AtelierException">No such tensor, or it cannot be read (Checkpoint).</exception>
    public byte[] ReadBytes(string name)
    {
        var entry = Entry(name);
        if (entry.ByteCount > Array.MaxLength)
        {
            throw new AtelierException(
                FailureKind.Checkpoint,
                $"Tensor {SafetensorsLimits.Quote(name)} of {Path} has {entry.ByteCount} bytes, "
                + "more than an array "
                + "holds; read it into memory of your own.");
        }

        var bytes = GC.AllocateUninitializedArray<byte>((int)entry.ByteCount);
        ReadInto(entry, bytes);
        return bytes;
    }

    /// <summary>Reads one tensor into memory of the caller.</summary>
    /// <param name="entry">An entry of this file.</param>
    /// <param name="destination">
    /// Exactly as long as the entry's <see cref="SafetensorsEntry.ByteCount"/>.
    /// </param>
    /// <exception cref="AtelierException">
    /// Another length (Bug), or the file cannot be read (Checkpoint).
    /// </exception>
    public void ReadInto(SafetensorsEntry entry, Span<byte> destination)
    {
        CheckDestination(entry, destination.Length);
        ReadAt(header.DataOffset + entry.Begin, destination);
    }

    /// <summary>Reads one tensor into native memory of the caller; it may be larger than an array.</summary>
    /// <param name="entry">An entry of this file.</param>
    /// <param name="destination">Start of the memory.</param>
    /// <param name="byteCount">
    /// Its length: exactly the entry's <see cref="SafetensorsEntry.ByteCount"/>.
    /// </param>
    /// <exception cref="AtelierException">
    /// Another length (Bug), or the file cannot be read (Checkpoint).
    /// </exception>
    public unsafe void ReadInto(SafetensorsEntry entry, byte* destination, long byteCount)
    {
        CheckDestination(entry, byteCount);
        for (var done = 0L; done < byteCount; done += LargestRead)
        {
            var part = new Span<byte>(destination + done, (int)Math.Min(LargestRead, byteCount - done));
            ReadAt(header.DataOffset + entry.Begin + done, part);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => handle.Dispose();

    private static SafetensorsHeader ReadHeader(SafeFileHandle handle, string path)
    {
        var fileLength = RandomAccess.GetLength(handle);
        Span<byte> start = stackalloc byte[SafetensorsLimits.LengthBytes + 1];
        start = start[..Fill(handle, start, 0)];
        var length = SafetensorsHeader.CheckLength(start, fileLength, path);

        var json = GC.AllocateUninitializedArray<byte>(length);
        if (Fill(handle, json, SafetensorsLimits.LengthBytes) != length)
            throw SafetensorsHeader.Damaged(path, "it became shorter while it was read");
        return SafetensorsHeader.Parse(json, fileLength, path);
    }

    /// <summary>Reads until the span is full or the file ends.</summary>
    /// <returns>Bytes read.</returns>
    private static int Fill(SafeFileHandle handle, Span<byte> destination, long offset)
    {
        var done = 0;
        while (done < destination.Length)
        {
            var count = RandomAccess.Read(handle, destination[done..], offset + done);
            if (count == 0)
                break;
            done += count;
        }

        return done;
    }

    private static AtelierException Missing(string path) => new(
        FailureKind.Checkpoint,
        Directory.Exists(path)
            ? $"{path} is a folder, not a safetensors file; name a file in it."
            : $"There is no file {path}. Check the path.");

    private void ReadAt(long offset, Span<byte> destination)
    {
        try
        {
            if (Fill(handle, destination, offset) != destination.Length)
                throw SafetensorsHeader.Damaged(Path, "it became shorter after it was opened");
        }
        catch (IOException error)
        {
            throw new AtelierException(FailureKind.Checkpoint, $"Cannot read {Path}: {error.Message}", error);
        }
    }

    private void CheckDestination(SafetensorsEntry entry, long length)
    {
        if (!byName.TryGetValue(entry.Name, out var own) || !ReferenceEquals(own, entry))
        {
            throw new AtelierException(
                FailureKind.Bug,
                $"{SafetensorsLimits.Quote(entry.Name)} is an entry of another file than {Path}.");
        }

        if (length != entry.ByteCount)
        {
            throw new AtelierException(
                FailureKind.Bug, $"{entry} has {entry.ByteCount} bytes, and the memory for it {length}.");
        }
    }

    private string NearestName(string name)
    {
        var tail = name[(name.LastIndexOf('.') + 1)..];
        var near = byName.Keys.FirstOrDefault(key => key.EndsWith(tail, StringComparison.OrdinalIgnoreCase))
            ?? Names.FirstOrDefault();
        return near is null ? "" : $", such as {SafetensorsLimits.Quote(near)}";
    }
}
