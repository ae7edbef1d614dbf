using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Atelier.Data.Decoding;

namespace Atelier.Data.Tests.Pictures;

/// <summary>
/// A PNG decoder written from the format text alone, slow and strict, to compare the writers with.
/// </summary>
internal static class PngReference
{
    public static List<(string Type, byte[] Data)> Chunks(byte[] file)
    {
        Assert.Equal("\u0089PNG\r\n\u001a\n", Encoding.Latin1.GetString(file, 0, 8));
        var chunks = new List<(string, byte[])>();
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var crc = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length));
            Assert.Equal(BitwiseCrc(file.AsSpan(at + 4, length + 4)), crc);
            chunks.Add((Encoding.Latin1.GetString(file, at + 4, 4), file[(at + 8)..(at + 8 + length)]));
            at += 12 + length;
        }

        return chunks;
    }

    public static RasterImage Decode(byte[] file, out HashSet<int> filters)
    {
        var chunks = Chunks(file);
        Assert.Equal("IHDR", chunks[0].Type);
        Assert.Equal("IEND", chunks[^1].Type);
        var data = chunks.Where(c => c.Type is "IDAT").SelectMany(c => c.Data).ToArray();
        return Decode(chunks[0].Data, data, out filters);
    }

    public static RasterImage Decode(byte[] header, byte[] data, out HashSet<int> filters)
    {
        var width = BinaryPrimitives.ReadInt32BigEndian(header);
        var height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        var channels = header[9] switch { 0 => 1, 2 => 3, 4 => 2, 6 => 4, _ => 0 };
        Assert.Equal([8, 0, 0, 0], new[] { header[8], header[10], header[11], header[12] });
        using var zlib = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
        using var raw = new MemoryStream();
        zlib.CopyTo(raw);
        var stride = width * channels;
        Assert.Equal((stride + 1) * height, raw.Length);

        filters = [];
        var lines = raw.ToArray();
        var pixels = new byte[stride * height];
        for (var y = 0; y < height; y++)
        {
            var filter = lines[y * (stride + 1)];
            filters.Add(filter);
            for (var x = 0; x < stride; x++)
            {
                int At(int dx, int dy) => x + dx < 0 || y + dy < 0 ? 0 : pixels[((y + dy) * stride) + x + dx];
                int a = At(-channels, 0), b = At(0, -1), c = At(-channels, -1), p = a + b - c;
                int pa = Math.Abs(p - a), pb = Math.Abs(p - b), pc = Math.Abs(p - c);
                var paeth = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
                int[] predicted = [0, a, b, (a + b) / 2, paeth];
                pixels[(y * stride) + x] = (byte)(lines[(y * (stride + 1)) + 1 + x] + predicted[filter]);
            }
        }

        return new RasterImage(width, height, channels, pixels);
    }

    private static uint BitwiseCrc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
        }

        return ~crc;
    }
}
