using System.Buffers.Binary;
using System.Text;
using Atelier.IO;

namespace Atelier.Data.Pictures;

/// <summary>Signature and chunks of the PNG format (ISO/IEC 15948, section 5).</summary>
internal static class PngChunkWriter
{
    private static ReadOnlySpan<byte> Signature =>
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>
    /// Writes what every PNG starts with: signature, size, 8 bits a sample, the colour type.
    /// </summary>
    public static void WriteStart(Stream stream, int width, int height, int channels)
    {
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = channels switch { 1 => 0, 2 => 4, 3 => 2, _ => 6 };
        header[10..].Clear(); // deflate, the five filters, not interlaced
        stream.Write(Signature);
        Write(stream, "IHDR"u8, header);
    }

    /// <summary>Writes a keyword and its text: tEXt where Latin-1 can hold it, iTXt elsewhere.</summary>
    public static void WriteText(Stream stream, string keyword, string text)
    {
        var key = Encoding.Latin1.GetBytes(keyword);
        if (key.Length is < 1 or > 79 || keyword.Any(c => c is < ' ' or (> '~' and < '\u00a1') or > '\u00ff'))
        {
            throw new AtelierException(
                FailureKind.Bug, $"A PNG keyword has 1 to 79 printable Latin-1 characters, not '{keyword}'.");
        }

        if (text.All(c => c is '\n' or (>= ' ' and <= '~') or (> '\u00a0' and <= '\u00ff')))
            Write(stream, "tEXt"u8, [.. key, 0, .. Encoding.Latin1.GetBytes(text)]);
        else // not compressed, no language, no translated keyword
            Write(stream, "iTXt"u8, [.. key, 0, 0, 0, 0, 0, .. Encoding.UTF8.GetBytes(text)]);
    }

    /// <summary>Writes one chunk: length, type, data, and the CRC of type and data.</summary>
    public static void Write(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Append(Crc32.Of(type), data));
        stream.Write(number);
    }
}
