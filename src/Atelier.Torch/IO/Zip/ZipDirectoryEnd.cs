using static System.Buffers.Binary.BinaryPrimitives;

namespace Atelier.IO.Zip;

/// <summary>
/// The end of a zip archive: where its central directory lies (APPNOTE 6.3.10, sections 4.3.14 to 4.3.16).
/// It has to reach to the very last byte, and there must be one only, so that no two readers can disagree
/// about it.
/// </summary>
/// <param name="Entries">Entries of the directory.</param>
/// <param name="Offset">Its first byte.</param>
/// <param name="Size">Its bytes.</param>
internal readonly record struct ZipDirectoryEnd(long Entries, long Offset, long Size)
{
    private const int EndBytes = 22;
    private const int LocatorBytes = 20;
    private const int WideEndBytes = 56;
    private const uint EndSignature = 0x06054b50;
    private const uint LocatorSignature = 0x07064b50;
    private const uint WideEndSignature = 0x06064b50;

    /// <summary>Reads the end record, and the zip64 one where there is one; both must agree.</summary>
    public static ZipDirectoryEnd Read(UntrustedBytes file, ZipRules rules)
    {
        if (file.Length < EndBytes) throw file.Refuse($"it has {file.Length} bytes, too few for a zip");
        var endAt = Find(file, rules.OfTorchSave ? 0 : ushort.MaxValue);
        var end = file.Read(endAt, EndBytes);
        if (ReadUInt16LittleEndian(end.AsSpan(4)) != 0 || ReadUInt16LittleEndian(end.AsSpan(6)) != 0)
            throw file.Refuse("its zip archive is spread over several disks");
        var here = ReadUInt16LittleEndian(end.AsSpan(8));
        var narrow = new ZipDirectoryEnd(
            ReadUInt16LittleEndian(end.AsSpan(10)), ReadUInt32LittleEndian(end.AsSpan(16)),
            ReadUInt32LittleEndian(end.AsSpan(12)));
        if (here != narrow.Entries) throw file.Refuse("its zip directory gives two counts of entries");
        var (found, limit) = Wide(file, endAt) is { } wide
            ? (Agreed(file, narrow, wide), endAt - LocatorBytes - WideEndBytes)
            : (narrow, endAt);
        return found.Checked(file, rules, limit);
    }

    /// <summary>The place of the one end record whose comment ends the file.</summary>
    private static long Find(UntrustedBytes file, int longestComment)
    {
        var tail = file.Read(
            Math.Max(0, file.Length - EndBytes - longestComment),
            (int)Math.Min(file.Length, EndBytes + longestComment));
        var found = -1;
        for (var at = tail.Length - EndBytes; at >= 0; at--)
        {
            if (ReadUInt32LittleEndian(tail.AsSpan(at)) != EndSignature
                || at + EndBytes + ReadUInt16LittleEndian(tail.AsSpan(at + 20)) != tail.Length) continue;
            if (found >= 0) throw file.Refuse("it ends with two zip directories, one inside the other");
            found = at;
        }

        return found >= 0 ? file.Length - tail.Length + found : throw file.Refuse(
            "it does not end with a zip directory: the copy is incomplete, or bytes follow the archive");
    }

    private static ZipDirectoryEnd? Wide(UntrustedBytes file, long endAt)
    {
        var locatorAt = endAt - LocatorBytes;
        if (locatorAt < WideEndBytes) return null;
        var locator = file.Read(locatorAt, LocatorBytes);
        if (ReadUInt32LittleEndian(locator) != LocatorSignature) return null;
        var record = file.Read(locatorAt - WideEndBytes, WideEndBytes);
        if (ReadUInt64LittleEndian(locator.AsSpan(8)) != (ulong)(locatorAt - WideEndBytes) ||
            ReadUInt32LittleEndian(locator.AsSpan(4)) != 0 ||
            ReadUInt32LittleEndian(locator.AsSpan(16)) > 1 ||
            ReadUInt32LittleEndian(record) != WideEndSignature ||
            ReadUInt64LittleEndian(record.AsSpan(4)) != WideEndBytes - 12 ||
            ReadUInt64LittleEndian(record.AsSpan(16)) != 0 ||
            ReadUInt64LittleEndian(record.AsSpan(24)) != ReadUInt64LittleEndian(record.AsSpan(32)))
            throw file.Refuse("its zip64 directory record is not where, or not what, its locator says");
        return new ZipDirectoryEnd(
            Signed(file, record, 32), Signed(file, record, 48), Signed(file, record, 40));
    }

    private static long Signed(UntrustedBytes file, byte[] record, int offset)
    {
        var value = ReadInt64LittleEndian(record.AsSpan(offset));
        return value >= 0 ? value : throw file.Refuse("its zip64 directory record has a number above 2^63");
    }

    private static ZipDirectoryEnd Agreed(UntrustedBytes file, ZipDirectoryEnd narrow,
        ZipDirectoryEnd wide) =>
        (narrow.Entries == ushort.MaxValue || narrow.Entries == wide.Entries) &&
        (narrow.Offset == uint.MaxValue || narrow.Offset == wide.Offset) &&
        (narrow.Size == uint.MaxValue || narrow.Size == wide.Size)
            ? wide
            : throw file.Refuse(
                "its zip64 directory record and its zip directory record contradict each other");

    private ZipDirectoryEnd Checked(UntrustedBytes file, ZipRules rules, long limit)
    {
        if (Entries < 1 || Entries > rules.Entries)
            throw file.Refuse(
                $"its zip directory has {Entries} entries; expected 1 to {rules.Entries}");
        if (Size < 1 || Size > rules.DirectoryBytes || Offset > limit || Size != limit - Offset)
            throw file.Refuse(
                $"its zip directory of {Size} bytes at {Offset} does not reach from the last entry to the " +
                $"end record at {limit}");
        return this;
    }
}
