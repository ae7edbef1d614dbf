using System.Buffers.Binary;
using System.Text;
using Atelier.IO;

namespace Atelier.Torch.Tests.Pickle;

/// <summary>Writes stored zip archives, honest ones and lying ones.</summary>
internal sealed class ZipMaker
{
    private readonly MemoryStream body = new();
    private readonly MemoryStream directory = new();
    private int count;

    /// <summary>A checkpoint with a pickle and one storage of four floats 1, 2, 3, 4.</summary>
    public static byte[] Checkpoint(byte[] pickle) => Parts(pickle).Finish();

    public static ZipMaker Parts(byte[] pickle) => new ZipMaker()
        .Add("m/data.pkl", pickle).Add("m/byteorder", "little"u8).Add("m/data/0", Floats).Add("m/version", "3\n"u8);

    /// <summary>The bytes of the floats 1, 2, 3, 4.</summary>
    public static byte[] Floats => [0, 0, 128, 63, 0, 0, 0, 64, 0, 0, 64, 64, 0, 0, 128, 64];

    public long Position => body.Position;

    /// <summary>Adds a stored entry; every number of either header can be replaced.</summary>
    public ZipMaker Add(
        string name, ReadOnlySpan<byte> data, ushort flags = 0x800, ushort method = 0, uint? crc = null,
        uint? size = null, string? localName = null, uint? localSize = null, uint? offset = null,
        byte[]? extra = null, ushort? localFlags = null, byte[]? comment = null)
    {
        var at = (uint)body.Position;
        var check = crc ?? Crc32.Of(data);
        var length = size ?? (uint)data.Length;
        var local = Encoding.UTF8.GetBytes(localName ?? name);
        Write(body, 0x04034b50u, (ushort)20, localFlags ?? flags, method, 0u, check, localSize ?? length,
            localSize ?? length, (ushort)local.Length, (ushort)0);
        body.Write(local);
        body.Write(data);
        var utf8 = Encoding.UTF8.GetBytes(name);
        extra ??= [];
        comment ??= [];
        Write(directory, 0x02014b50u, (ushort)20, (ushort)20, flags, method, 0u, check, length, length,
            (ushort)utf8.Length, (ushort)extra.Length, (ushort)comment.Length, (ushort)0, (ushort)0, 0u,
            offset ?? at);
        directory.Write(utf8);
        directory.Write(extra);
        directory.Write(comment);
        count++;
        return this;
    }

    /// <summary>Bytes that belong to no entry.</summary>
    public ZipMaker Junk(ReadOnlySpan<byte> bytes)
    {
        body.Write(bytes);
        return this;
    }

    public byte[] Finish(
        int? entries = null, uint? directorySize = null, uint? directoryOffset = null, ushort comment = 0,
        bool wide = false, ulong? wideEntries = null, ulong? wideOffset = null, ulong? wideRecord = null)
    {
        var at = (uint)body.Position;
        var file = new MemoryStream();
        body.WriteTo(file);
        directory.WriteTo(file);
        var size = directorySize ?? (uint)directory.Length;
        if (wide)
        {
            var record = (ulong)file.Position;
            Write(file, 0x06064b50u, 44ul, (ushort)45, (ushort)45, 0u, 0u, wideEntries ?? (ulong)count,
                wideEntries ?? (ulong)count, (ulong)directory.Length, wideOffset ?? at);
            Write(file, 0x07064b50u, 0u, wideRecord ?? record, 1u);
        }

        Write(file, 0x06054b50u, (ushort)0, (ushort)0, (ushort)(entries ?? count), (ushort)(entries ?? count),
            size, directoryOffset ?? at, comment);
        return file.ToArray();
    }

    private static void Write(Stream stream, params object[] numbers)
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
            stream.Write(eight[..width]);
        }
    }
}
