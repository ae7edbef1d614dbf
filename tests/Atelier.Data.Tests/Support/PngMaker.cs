using System.Buffers.Binary;
using System.IO.Compression;

namespace Atelier.Data.Tests.Support;

/// <summary>
/// Writes PNG files of every colour type, straight from the specification and without a codec.
/// </summary>
internal sealed class PngMaker(int width, int height, int depth, int colourType, Func<int, int, int,
    int> sample)
{
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    public bool Interlaced { get; init; }

    public byte[]? Palette { get; init; }

    public byte[]? Transparency { get; init; }

    public string? ExtraChunk { get; init; }

    public (string Type, byte[] Content)? Extra { get; init; }

    private int Channels => colourType switch { 0 or 3 => 1, 2 => 3, 4 => 2, _ => 4 };

    /// <summary>An 8-bit RGB image of one colour, for tests that only need a good file.</summary>
    public static byte[] Solid(int width, int height, byte red, byte green, byte blue)
        => new PngMaker(width, height, 8, 2,
        (_, _, channel) => channel switch { 0 => red, 1 => green, _ => blue }).Make();

    /// <summary>An 8-bit grey image of one value.</summary>
    public static byte[] Grey(int width, int height, byte value)
        => new PngMaker(width, height, 8, 0, (_, _, _) => value).Make();

    /// <summary>A file of a few bytes that claims to be this large.</summary>
    public static byte[] Bomb(int width, int height)
        => [.. Signature, .. Chunk("IHDR", Header(width, height, 8, 2, false)), .. Chunk("IDAT", []),
        .. Chunk("IEND", [])];

    /// <summary>A file whose header says this colour type and depth, and that has no pixels.</summary>
    public static byte[] WithKind(int depth, int colourType)
        => [.. Signature, .. Chunk("IHDR", Header(4, 3, depth, colourType, false)), .. Chunk("IDAT", []),
        .. Chunk("IEND", [])];

    /// <summary>The header chunk of an 8-bit RGB image.</summary>
    public static byte[] Front(int width, int height) => Chunk("IHDR", Header(width, height, 8, 2, false));

    public byte[] Make()
    {
        var file = new List<byte>(Signature);
        file.AddRange(Chunk("IHDR", Header(width, height, depth, colourType, Interlaced)));
        if (ExtraChunk is not null)
            file.AddRange(Chunk(ExtraChunk, new byte[8]));
        if (Extra is { } extra)
            file.AddRange(Chunk(extra.Type, extra.Content));
        if (Palette is not null)
            file.AddRange(Chunk("PLTE", Palette));
        if (Transparency is not null)
            file.AddRange(Chunk("tRNS", Transparency));
        file.AddRange(Chunk("IDAT", Compress()));
        file.AddRange(Chunk("IEND", []));
        return [.. file];
    }

    public static byte[] Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static byte[] Header(int width, int height, int depth, int colourType, bool interlaced)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)depth, (byte)colourType, (byte)(interlaced ? 1 : 0));
        return header;
    }

    public static byte[] Chunk(string type, byte[] data)
    {
        var chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        for (var i = 0; i < 4; i++)
            chunk[4 + i] = (byte)type[i];
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8),
            Crc(chunk.AsSpan(4, data.Length + 4)));
        return chunk;
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }

    private byte[] Compress()
    {
        using var memory = new MemoryStream();
        using (var zlib = new ZLibStream(memory, CompressionLevel.Optimal, true))
        {
            foreach (var (x, y, stepX, stepY) in Interlaced ? Passes : [(0, 0, 1, 1)])
            {
                for (var row = y; row < height && x < width; row += stepY)
                    zlib.Write(Row(row, x, stepX));
            }
        }

        return memory.ToArray();
    }

    private byte[] Row(int y, int firstX, int stepX)
    {
        var samples = new List<int>();
        for (var x = firstX; x < width; x += stepX)
        {
            for (var channel = 0; channel < Channels; channel++)
                samples.Add(sample(x, y, channel));
        }

        var row = new byte[1 + (((samples.Count * depth) + 7) / 8)];
        for (var i = 0; i < samples.Count; i++)
        {
            if (depth == 16)
                BinaryPrimitives.WriteUInt16BigEndian(row.AsSpan(1 + (2 * i)), (ushort)samples[i]);
            else
                row[1 + (i * depth / 8)] |= (byte)(samples[i] << (8 - depth - (i * depth % 8)));
        }

        return row;
    }
}
