using System.IO.Compression;

namespace Atelier.Data.Archives;

/// <summary>Tells compressed files by their first bytes, and opens them.</summary>
internal static class CompressedFile
{
    /// <summary>How a file that begins so is compressed.</summary>
    public static Compression Identify(ReadOnlySpan<byte> prefix)
        => prefix.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? Compression.Gzip
            : prefix.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) ? Compression.Zstd
            : Compression.None;

    /// <summary>The content as a stream; what is broken in it is an InvalidDataException.</summary>
    public static Stream Decompress(Stream source, Compression compression) => compression switch
    {
        Compression.Gzip => new GZipStream(source, CompressionMode.Decompress),
        Compression.Zstd => new ZstdStream(source),
        _ => source,
    };

    /// <summary>The first bytes of the content of a file, however it is compressed.</summary>
    /// <returns>Fewer than asked for when the content is shorter or broken.</returns>
    public static byte[] Peek(ArchiveBytes file, Compression compression, int count)
    {
        var bytes = new byte[count];
        using var stream = Decompress(new RangeStream(file, 0, file.Length), compression);
        try
        {
            return bytes[..stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false)];
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }
}
