using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;

namespace Atelier.Data;

/// <summary>
/// One packed file, its header and labels read and checked; pixels are mapped when asked for.
/// </summary>
internal sealed class PackedFile
{
    private PackedFile(string path, PackedHeader header, int[] labels, long bytes)
        => (Path, Header, Labels, Bytes) = (path, header, labels, bytes);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What it says of itself.</summary>
    public PackedHeader Header { get; }

    /// <summary>The label of every image.</summary>
    public int[] Labels { get; }

    /// <summary>The size of the file.</summary>
    public long Bytes { get; }

    /// <summary>Reads header and labels.</summary>
    /// <exception cref="FormatException">The file breaks a rule; the message says which.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PackedFile Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var header = ReadHeader(stream);
        return new PackedFile(path, header, ReadLabels(stream, header), stream.Length);
    }

    /// <summary>Maps the file; the mapping holds no file descriptor.</summary>
    /// <exception cref="AtelierException">Kind Dataset: it changed since it was read; kind Disk: it cannot be
    /// mapped.</exception>
    public MemoryMappedViewAccessor Map()
    {
        try
        {
            using var stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, 0);
            // Reading a mapping beyond the end of its file ends the process, so the size is looked at again.
            if (stream.Length != Bytes)
            {
                throw new AtelierException(FailureKind.Dataset, FormattableString.Invariant(
                    $"'{Path}' changed while it was open: it had {Bytes} bytes and has {stream.Length}."));
            }

            using var file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read,
                HandleInheritability.None, leaveOpen: true);
            return file.CreateViewAccessor(0, Bytes, MemoryMappedFileAccess.Read);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IO.DiskFailure.From(exception, Path);
        }
    }

    private static PackedHeader ReadHeader(FileStream stream)
    {
        var length = stream.Length;
        Span<byte> prelude = stackalloc byte[PackedFormat.PreludeBytes];
        if (stream.ReadAtLeast(prelude, prelude.Length, throwOnEndOfStream: false) < prelude.Length
            || !prelude[..8].SequenceEqual(PackedFormat.Magic))
            throw new FormatException("it does not begin as one");
        var version = BinaryPrimitives.ReadUInt32LittleEndian(prelude[8..]);
        if (version != PackedFormat.Version)
            throw new FormatException(
                $"it has format version {version}, and this program reads {PackedFormat.Version}");
        var headerBytes = BinaryPrimitives.ReadUInt32LittleEndian(prelude[12..]);
        if (headerBytes > PackedFormat.MaxHeaderBytes || headerBytes > length - PackedFormat.PreludeBytes)
            throw new FormatException($"it has {length} bytes and its header alone needs {headerBytes}");
        var json = new byte[headerBytes];
        stream.ReadExactly(json);
        return PackedFormat.Parse(json, length);
    }

    private static int[] ReadLabels(FileStream stream, PackedHeader header)
    {
        var bytes = new byte[4 * (long)header.Count];
        stream.Position = header.LabelsOffset;
        stream.ReadExactly(bytes);
        var labels = new int[header.Count];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4 * i));
            if ((uint)labels[i] >= (uint)header.ClassNames.Count)
                throw new FormatException(
                    $"image {i} has label {labels[i]}, and there are {header.ClassNames.Count} classes");
        }

        return labels;
    }
}
