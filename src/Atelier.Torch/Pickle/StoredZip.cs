using System.Text;
using Atelier.Torch.Safetensors;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Atelier.Torch.Pickle;

/// <summary>
/// A strict reader of the zip archives that torch.save writes. Every byte before the directory belongs to
/// exactly one entry, entries are stored and not compressed, and each local header repeats what the directory
/// says: an archive that another program would read in another way is refused.
/// </summary>
internal sealed class StoredZip
{
    private const int DirectoryHeaderBytes = 46;
    private const uint DirectorySignature = 0x02014b50;
    private const ushort Encrypted = 1 << 0;
    private const ushort Descriptor = 1 << 3;
    private const ushort Utf8Name = 1 << 11;
    private const ushort ZipWide = 1;

    private readonly Dictionary<string, StoredZipEntry> byName = new(StringComparer.Ordinal);

    private StoredZip()
    {
    }

    /// <summary>The entries in the order of their bytes.</summary>
    public IReadOnlyList<StoredZipEntry> Entries { get; private set; } = [];

    /// <summary>Reads and checks the whole structure, but no data.</summary>
    public static StoredZip Read(CheckpointBytes file)
    {
        var end = ZipDirectoryEnd.Read(file);
        var zip = new StoredZip();
        var entries = new List<StoredZipEntry>();
        var rest = file.Read(end.Offset, (int)end.Size).AsSpan();
        for (var k = 0L; k < end.Entries; k++)
        {
            var entry = ReadEntry(file, ref rest, end.Offset);
            if (!zip.byName.TryAdd(entry.Name, entry))
                throw file.Refuse(
                    $"its zip archive has the entry {SafetensorsLimits.Quote(entry.Name)} twice");
            entries.Add(entry);
        }

        if (!rest.IsEmpty) throw file.Refuse($"its zip directory has {rest.Length} bytes too many");
        entries.Sort(static (a, b) => a.HeaderOffset.CompareTo(b.HeaderOffset));
        ZipLocalHeader.CheckLayout(file, entries, end.Offset);
        zip.Entries = entries;
        return zip;
    }

    /// <summary>The entry of a name, or null.</summary>
    public StoredZipEntry? Find(string name) => byName.GetValueOrDefault(name);

    private static StoredZipEntry ReadEntry(CheckpointBytes file, ref Span<byte> rest, long limit)
    {
        if (rest.Length < DirectoryHeaderBytes || ReadUInt32LittleEndian(rest) != DirectorySignature)
            throw file.Refuse("its zip directory is cut short or damaged");
        var header = rest[..DirectoryHeaderBytes];
        var nameBytes = ReadUInt16LittleEndian(header[28..]);
        var extraBytes = ReadUInt16LittleEndian(header[30..]);
        if (ReadUInt16LittleEndian(header[32..]) != 0)
            throw file.Refuse("its zip directory has a comment on an entry");
        if (rest.Length < DirectoryHeaderBytes + nameBytes + extraBytes)
            throw file.Refuse("its zip directory is cut short");
        var name = Name(file, rest.Slice(DirectoryHeaderBytes, nameBytes));
        var extra = rest.Slice(DirectoryHeaderBytes + nameBytes, extraBytes);
        rest = rest[(DirectoryHeaderBytes + nameBytes + extraBytes)..];
        CheckKind(file, header, name);

        long packed = ReadUInt32LittleEndian(header[20..]);
        long length = ReadUInt32LittleEndian(header[24..]);
        long offset = ReadUInt32LittleEndian(header[42..]);
        Widen(file, name, extra, ref length, ref packed, ref offset);
        if (packed != length || offset > limit || length > limit - offset)
            throw file.Refuse(
                $"its zip entry {SafetensorsLimits.Quote(name)} has {length} bytes ({packed} stored) " +
                    $"at {offset}, " +
                "which does not fit into the archive");
        var entry = new StoredZipEntry(
            name, offset, 0, length, ReadUInt32LittleEndian(header[16..]),
            (ReadUInt16LittleEndian(header[8..]) & Descriptor) != 0);
        return ZipLocalHeader.Locate(file, entry, ReadUInt16LittleEndian(header[8..]), limit);
    }

    private static void CheckKind(CheckpointBytes file, ReadOnlySpan<byte> header, string name)
    {
        var flags = ReadUInt16LittleEndian(header[8..]);
        var method = ReadUInt16LittleEndian(header[10..]);
        if ((flags & Encrypted) != 0) throw file.Refuse(
            $"its zip entry {SafetensorsLimits.Quote(name)} is encrypted");
        if ((flags & ~(Descriptor | Utf8Name)) != 0)
            throw file.Refuse(
                $"its zip entry {SafetensorsLimits.Quote(name)} has the unknown flags 0x{flags:X4}");
        if (method != 0)
            throw file.Refuse(
                $"its zip entry {SafetensorsLimits.Quote(name)} is compressed (method {method}); " +
                    $"torch.save stores");
        if (ReadUInt16LittleEndian(header[34..]) != 0)
            throw file.Refuse($"its zip entry {SafetensorsLimits.Quote(name)} is on another disk");
    }

    /// <summary>Numbers that are all ones stand in the zip64 field, in this order and no other.</summary>
    private static void Widen(
        CheckpointBytes file, string name, ReadOnlySpan<byte> extra, ref long length, ref long packed,
        ref long offset)
    {
        var field = ZipLocalHeader.Extra(file, extra, ZipWide);
        Take(ref length, ref field);
        Take(ref packed, ref field);
        Take(ref offset, ref field);
        if (!field.IsEmpty)
            throw file.Refuse(
                $"the zip64 field of its zip entry {SafetensorsLimits.Quote(name)} has bytes too many");

        void Take(ref long value, ref ReadOnlySpan<byte> rest)
        {
            if (value != uint.MaxValue) return;
            if (rest.Length < 8 || ReadInt64LittleEndian(rest) < 0)
                throw file.Refuse(
                    $"the zip64 field of its zip entry {SafetensorsLimits.Quote(name)} is missing or too " +
                        $"large");
            value = ReadInt64LittleEndian(rest);
            rest = rest[8..];
        }
    }

    private static string Name(CheckpointBytes file, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is 0 or > PickleLimits.ZipNameBytes)
            throw file.Refuse($"its zip archive has a name of {bytes.Length} bytes");
        if (!System.Text.Unicode.Utf8.IsValid(bytes))
            throw file.Refuse("its zip archive has a name that is not UTF-8");
        var name = Encoding.UTF8.GetString(bytes);
        var isPlain = !name.Any(char.IsControl) && !name.Contains('\\', StringComparison.Ordinal) &&
            name.Split('/').All(static part => part is not ("" or "." or ".."));
        return isPlain
            ? name
            : throw file.Refuse(
                $"its zip entry {SafetensorsLimits.Quote(name)} has a name that could lead out of a folder");
    }
}
