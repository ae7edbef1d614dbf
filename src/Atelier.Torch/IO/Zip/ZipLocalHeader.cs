using System.Text;
using Atelier.Torch.Safetensors;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Atelier.IO.Zip;

/// <summary>
/// The header in front of an entry's data and the descriptor behind it: both have to repeat the directory.
/// </summary>
internal static class ZipLocalHeader
{
    private const int HeaderBytes = 30;
    private const uint Signature = 0x04034b50;
    private const uint DescriptorSignature = 0x08074b50;
    private const int NarrowDescriptor = 16;
    private const int WideDescriptor = 24;

    /// <summary>Finds an entry's data after comparing its local header with the directory.</summary>
    public static ZipEntry Locate(
        UntrustedBytes file, ZipEntry entry, ReadOnlySpan<byte> name, ushort flags, long limit)
    {
        if (entry.HeaderOffset > limit - HeaderBytes)
            throw file.Refuse(
                $"its zip entry {SafetensorsLimits.Quote(entry.Name)} starts inside the directory");
        var header = file.Read(entry.HeaderOffset, HeaderBytes);
        var nameBytes = ReadUInt16LittleEndian(header.AsSpan(26));
        var extraBytes = ReadUInt16LittleEndian(header.AsSpan(28));
        var start = entry.HeaderOffset + HeaderBytes + nameBytes + extraBytes;
        if (ReadUInt32LittleEndian(header) != Signature || start > limit
            || entry.PackedLength > limit - start)
            throw Differs(file, entry, "is not where the directory says");
        if (ReadUInt16LittleEndian(header.AsSpan(6)) != flags
            || ReadUInt16LittleEndian(header.AsSpan(8)) != (entry.IsDeflated ? 8 : 0))
            throw Differs(file, entry, "has other flags or another method in its local header");
        var texts = file.Read(entry.HeaderOffset + HeaderBytes, nameBytes + extraBytes);
        if (!texts.AsSpan(0, nameBytes).SequenceEqual(name))
            throw Differs(file, entry, "has another name in its local header");
        var wide = Extra(file, texts.AsSpan(nameBytes), 1);
        var crc = ReadUInt32LittleEndian(header.AsSpan(14));
        var packed = Size(header, 18, wide, 8);
        var length = Size(header, 22, wide, 0);
        // With a descriptor behind the data the header may leave the three numbers at zero.
        var open = entry.HasDescriptor && crc == 0 && packed == 0 && length == 0;
        if (!open && (crc != entry.Crc || packed != entry.PackedLength || length != entry.Length))
            throw Differs(file, entry, "has another size or CRC in its local header");
        return entry with { DataOffset = start };
    }

    /// <summary>Checks that entries follow each other without gap or overlap up to the directory.</summary>
    public static void CheckLayout(
        UntrustedBytes file, IReadOnlyList<ZipEntry> sorted, long directoryOffset)
    {
        if (sorted[0].HeaderOffset != 0)
            throw file.Refuse($"{sorted[0].HeaderOffset} bytes stand before its first zip entry");
        for (var k = 0; k < sorted.Count; k++)
        {
            var entry = sorted[k];
            var dataEnd = entry.DataOffset + entry.PackedLength;
            var next = k + 1 < sorted.Count ? sorted[k + 1].HeaderOffset : directoryOffset;
            if (next < dataEnd)
                throw file.Refuse(
                    $"its zip entry {SafetensorsLimits.Quote(entry.Name)} overlaps what follows it");
            CheckDescriptor(file, entry, dataEnd, next - dataEnd);
        }
    }

    /// <summary>The content of one extra field, empty when it is absent.</summary>
    public static ReadOnlySpan<byte> Extra(UntrustedBytes file, ReadOnlySpan<byte> fields, ushort wanted)
    {
        ReadOnlySpan<byte> found = default;
        var seen = false;
        while (!fields.IsEmpty)
        {
            var size = fields.Length >= 4 ? ReadUInt16LittleEndian(fields[2..]) : int.MaxValue;
            if (size > fields.Length - 4) throw file.Refuse("an extra field of its zip archive is cut short");
            if (ReadUInt16LittleEndian(fields) == wanted)
            {
                if (seen) throw file.Refuse("its zip archive has one extra field twice");
                seen = true;
                found = fields.Slice(4, size);
            }

            fields = fields[(4 + size)..];
        }

        return found;
    }

    private static void CheckDescriptor(UntrustedBytes file, ZipEntry entry, long at, long gap)
    {
        if (!entry.HasDescriptor && gap == 0) return;
        if (!entry.HasDescriptor || gap is not (NarrowDescriptor or WideDescriptor))
            throw file.Refuse(
                $"{gap} bytes after its zip entry {SafetensorsLimits.Quote(entry.Name)} belong to no entry");
        var bytes = file.Read(at, (int)gap);
        var isWide = gap == WideDescriptor;
        var packed = isWide ? ReadInt64LittleEndian(bytes.AsSpan(8))
            : ReadUInt32LittleEndian(bytes.AsSpan(8));
        var length = isWide ? ReadInt64LittleEndian(bytes.AsSpan(16))
            : ReadUInt32LittleEndian(bytes.AsSpan(12));
        if (ReadUInt32LittleEndian(bytes) != DescriptorSignature ||
            ReadUInt32LittleEndian(bytes.AsSpan(4)) != entry.Crc || packed != entry.PackedLength ||
            length != entry.Length)
            throw Differs(file, entry, "has another size or CRC behind its data");
    }

    private static long Size(ReadOnlySpan<byte> header, int offset, ReadOnlySpan<byte> wide, int wideOffset)
    {
        var value = ReadUInt32LittleEndian(header[offset..]);
        return value == uint.MaxValue && wide.Length >= wideOffset + 8
            ? ReadInt64LittleEndian(wide[wideOffset..])
            : value;
    }

    private static AtelierException Differs(UntrustedBytes file, ZipEntry entry, string how) =>
        file.Refuse($"its zip entry {SafetensorsLimits.Quote(entry.Name)} {how}");
}
