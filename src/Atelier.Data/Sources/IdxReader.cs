using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;

namespace Atelier.Data;

/// <summary>
/// Reads IDX files (two zero bytes, a type, a rank, big-endian sizes, values), plain or gzip-compressed, told
/// by their first bytes. Strict: every size is checked before memory is taken, and the file must end where
/// its header says.
/// </summary>
public static class IdxReader
{
    /// <summary>The most bytes of values that are read.</summary>
    public const long MaxBytes = 2_000_000_000;

    private const byte UnsignedByte = 0x08;
    private const int MaxRank = 4;
    private const int ChunkBytes = 1 << 20;

    /// <summary>Deflate cannot expand more than 1032 to 1; a header that claims more lies.</summary>
    private const long MaxExpansion = 1032;

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="AtelierException">Kind Dataset: not IDX, of another type, truncated, with trailing
    /// bytes, or too large; kind Disk: it cannot be read.</exception>
    public static IdxData Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            return Read(file, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IO.DiskFailure.From(exception, path);
        }
    }

    /// <summary>Reads a whole file that is open.</summary>
    /// <param name="file">The file at its beginning; it can seek.</param>
    /// <param name="path">What messages call it.</param>
    internal static IdxData Read(Stream file, string path)
    {
        try
        {
            var first = file.ReadByte();
            var second = file.ReadByte();
            file.Position = 0;
            if (first == 0x1F && second == 0x8B)
            {
                using var gzip = new GZipStream(file, CompressionMode.Decompress);
                return Read(gzip, path, checked(file.Length * MaxExpansion));
            }

            return Read(file, path, file.Length);
        }
        catch (InvalidDataException exception)
        {
            throw Refuse(path, $"its gzip data is broken ({exception.Message})");
        }
    }

    private static IdxData Read(Stream stream, string path, long available)
    {
        Span<byte> header = stackalloc byte[4];
        if (stream.ReadAtLeast(header, 4, throwOnEndOfStream: false) < 4)
            throw Refuse(path, "it is too short for a header");
        if (header[0] != 0 || header[1] != 0)
            throw Refuse(path, $"it starts with two bytes that are not zero: {header[0]:X2}{header[1]:X2}");
        if (header[2] != UnsignedByte)
            throw Refuse(path, $"its type is 0x{header[2]:X2}; only 0x08 (unsigned bytes) is read");
        if (header[3] is 0 or > MaxRank)
            throw Refuse(path, $"it has {header[3]} dimensions; 1 to {MaxRank} are read");

        var dimensions = new int[header[3]];
        long total = 1;
        for (var i = 0; i < dimensions.Length; i++)
        {
            if (stream.ReadAtLeast(header, 4, throwOnEndOfStream: false) < 4)
                throw Refuse(path, "it ends inside its header");
            var size = BinaryPrimitives.ReadUInt32BigEndian(header);
            if (size is 0 or > int.MaxValue)
                throw Refuse(path, string.Create(CultureInfo.InvariantCulture, $"dimension {i} is {size}"));
            dimensions[i] = (int)size;
            total = Math.Min(total * size, MaxBytes + 1);
        }

        if (total > MaxBytes)
            throw Refuse(path, $"its header says more than {MaxBytes} bytes, the most that is read");
        if (total > available)
            throw Refuse(path, $"its header says {total} bytes, but the file can hold {available}");
        var bytes = ReadValues(stream, path, total);
        if (stream.ReadByte() >= 0)
            throw Refuse(path, $"bytes follow after the {total} that its header says");
        return new IdxData(dimensions, bytes);
    }

    private static byte[] ReadValues(Stream stream, string path, long total)
    {
        // The buffer grows with what is really there, so that a lying header costs no memory.
        var bytes = new byte[Math.Min(total, ChunkBytes)];
        var filled = 0;
        while (filled < total)
        {
            if (filled == bytes.Length)
                Array.Resize(ref bytes, (int)Math.Min(total, 2L * bytes.Length));
            var count = stream.Read(bytes, filled, bytes.Length - filled);
            if (count == 0)
                throw Refuse(path, $"it ends after {filled} of {total} bytes: an incomplete copy?");
            filled += count;
        }

        return bytes;
    }

    private static AtelierException Refuse(string path, FormattableString reason)
        => Refuse(path, reason.ToString(CultureInfo.InvariantCulture));

    private static AtelierException Refuse(string path, string reason)
        => new(FailureKind.Dataset, $"'{path}' is not a usable IDX file: {reason}.");
}
