using System.Buffers.Binary;
using Atelier.IO;

namespace Atelier.Data;

/// <summary>
/// Writes one packed file: pixels as they come, then labels and header into the room left for them. Until
/// then the file begins with zeros, and nothing takes it for a dataset.
/// </summary>
internal sealed class PackedFileWriter : IDisposable
{
    private readonly string path;
    private readonly PackLayout layout;
    private readonly FileStream stream;

    /// <summary>Opens the file, or creates it; what it holds of pixels may stay.</summary>
    public PackedFileWriter(string path, PackLayout layout)
    {
        (this.path, this.layout) = (path, layout);
        stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, 0);
    }

    /// <summary>Writes the pixels of images from place <paramref name="first"/> of this file on.</summary>
    public void Write(int first, ReadOnlySpan<byte> pixels)
    {
        stream.Position = layout.PixelsOffset + ((long)first * layout.ImageBytes);
        try
        {
            stream.Write(pixels);
        }
        catch (ArgumentOutOfRangeException exception) when (DiskFailure.IsTooLarge(exception))
        {
            throw new IOException(
                $"{DiskFailure.TooLargeReason}; --shard-bytes makes smaller ones.", exception);
        }
    }

    /// <summary>Cuts off what lies behind the last image, writes the front and makes the file
    /// durable.</summary>
    public void Finish(PackedHeader header, ReadOnlySpan<int> labels)
    {
        stream.SetLength(layout.PixelsOffset + ((long)labels.Length * layout.ImageBytes));
        var json = PackedFormat.Serialise(header);
        var front = new byte[layout.PixelsOffset];
        PackedFormat.Magic.CopyTo(front);
        BinaryPrimitives.WriteUInt32LittleEndian(front.AsSpan(8), PackedFormat.Version);
        BinaryPrimitives.WriteInt32LittleEndian(front.AsSpan(12), layout.HeaderBytes);
        front.AsSpan(PackedFormat.PreludeBytes, layout.HeaderBytes).Fill((byte)' ');
        json.CopyTo(front.AsSpan(PackedFormat.PreludeBytes));
        ContentHasher.LittleEndian(labels).CopyTo(front.AsSpan((int)layout.LabelsOffset));
        stream.Position = 0;
        stream.Write(front);
        stream.Flush();
        AtomicFile.FsyncFile(path);
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
