using System.Buffers.Binary;
using System.Text;
using Atelier.IO;

namespace Atelier.Tests;

/// <summary>Writes zip archives, honest ones and lying ones.</summary>
internal sealed class ZipMaker
{
    private readonly List<byte> body = [];
    private readonly List<byte> directory = [];
    private int count;

    /// <summary>A checkpoint with a pickle and one storage of four floats 1, 2, 3, 4.</summary>
    public static byte[] Checkpoint(byte[] pickle) => Parts(pickle).Finish();

    public static ZipMaker Parts(byte[] pickle) => new ZipMaker()
        .Add("m/data.pkl", pickle).Add("m/byteorder", "little"u8).Add("m/data/0", Floats).Add("m/version",
            "3\n"u8);

    /// <summary>The bytes of the floats 1, 2, 3, 4.</summary>
    public static byte[] Floats => [0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64, 0, 0, 128, 64];

    public long Position => body.Count;

    /// <summary>Adds an entry with the bytes as they are; every number of either header can be
    /// replaced.</summary>
    public ZipMaker Add(
        string name, ReadOnlySpan<byte> data, ushort flags = 0x800, ushort method = 0, uint? crc = null,
        uint? size = null, string? localName = null, uint? localSize = null, uint? offset = null,
        byte[]? extra = null, ushort? localFlags = null, byte[]? comment = null, uint? plainSize = null,
        uint attributes = 0)
    {
        var at = (uint)body.Count;
        var check = crc ?? Crc32.Of(data);
        var length = size ?? (uint)data.Length;
        var local = Encoding.UTF8.GetBytes(localName ?? name);
        Write(body, 0x04034b50u, (ushort)20, localFlags ?? flags, method, 0u, check, localSize ?? length,
            localSize ?? plainSize ?? length, (ushort)local.Length, (ushort)0);
        body.AddRange(local);
        body.AddRange(data);
        var utf8 = Encoding.UTF8.GetBytes(name);
        extra ??= [];
        comment ??= [];
        // Attributes are those of Unix.
        Write(directory, 0x02014b50u, (ushort)(attributes == 0 ? 20 : 0x314), (ushort)20, flags, method, 0u,
            check, length, plainSize ?? length, (ushort)utf8.Length, (ushort)extra.Length,
            (ushort)comment.Length, (ushort)0, (ushort)0, attributes, offset ?? at);
        directory.AddRange(utf8);
        directory.AddRange(extra);
        directory.AddRange(comment);
        count++;
        return this;
    }

    /// <summary>Bytes that belong to no entry.</summary>
    public ZipMaker Junk(ReadOnlySpan<byte> bytes)
    {
        body.AddRange(bytes);
        return this;
    }

    public byte[] Finish(
        int? entries = null, uint? directorySize = null, uint? directoryOffset = null, ushort comment = 0,
        bool wide = false, ulong? wideEntries = null, ulong? wideOffset = null, ulong? wideRecord = null)
    {
        var at = (uint)body.Count;
        List<byte> file = [.. body, .. directory];
        var size = directorySize ?? (uint)directory.Count;
        if (wide)
        {
            var record = (ulong)file.Count;
            Write(file, 0x06064b50u, 44ul, (ushort)45, (ushort)45, 0u, 0u, wideEntries ?? (ulong)count,
                wideEntries ?? (ulong)count, (ulong)directory.Count, wideOffset ?? at);
            Write(file, 0x07064b50u, 0u, wideRecord ?? record, 1u);
        }

        Write(file, 0x06054b50u, (ushort)0, (ushort)0, (ushort)(entries ?? count), (ushort)(entries ?? count),
            size, directoryOffset ?? at, comment);
        return [.. file];
    }

    private static void Write(List<byte> target, params object[] numbers)
    {
        Span<byte> eight = stackalloc byte[8];
        foreach (var number in numbers)
        {
            var (value, width) = number switch
            {
                ushort two => (two, 2),
                uint four => (four, 4),
                ulong all => (all, 8),
                _ => throw new ArgumentException($"{number.GetType()}"),
            };
            BinaryPrimitives.WriteUInt64LittleEndian(eight, value);
            target.AddRange(eight[..width]);
        }
    }
}
