using Atelier.Torch.Safetensors;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Atelier.IO.Zip;

/// <summary>
/// A strict reader of zip archives (APPNOTE 6.3.10). Every byte before the directory belongs to exactly one
/// entry, and each local header repeats what the directory says: an archive that another program would read
/// in another way is refused, and so are entries twice, links, devices, encryption, and names that lead out
/// of a folder.
/// </summary>
public sealed class StrictZip
{
    private const int DirectoryHeaderBytes = 46;
    private const uint DirectorySignature = 0x02014b50;
    private const ushort Encrypted = 1 << 0;
    private const ushort Descriptor = 1 << 3;
    private const ushort Utf8Name = 1 << 11;
    private const ushort DeflateLevel = 3 << 1;
    private const ushort ZipWide = 1;
    private const int Unix = 3;
    private const int UnixKind = 0xF000;
    private const int UnixFolder = 0x4000;
    private const int UnixFile = 0x8000;
    private const int DosFolder = 0x10;

    private readonly Dictionary<string, ZipEntry> byName = new(StringComparer.Ordinal);

    private StrictZip()
    {
    }

    /// <summary>The entries in the order of their bytes.</summary>
    public IReadOnlyList<ZipEntry> Entries { get; private set; } = [];

    /// <summary>Reads and checks the whole structure, but no data.</summary>
    /// <exception cref="AtelierException">What <see cref="UntrustedBytes.Refuse"/> makes of it.</exception>
    public static StrictZip Read(UntrustedBytes file, ZipRules rules)
    {
        var end = ZipDirectoryEnd.Read(file, rules);
        var zip = new StrictZip();
        var entries = new List<ZipEntry>();
        var rest = file.Read(end.Offset, (int)end.Size).AsSpan();
        for (var k = 0L; k < end.Entries; k++)
        {
            var entry = ReadEntry(file, rules, ref rest, end.Offset);
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
    public ZipEntry? Find(string name) => byName.GetValueOrDefault(name);

    private static ZipEntry ReadEntry(
        UntrustedBytes file, ZipRules rules, ref Span<byte> rest, long limit)
    {
        if (rest.Length < DirectoryHeaderBytes || ReadUInt32LittleEndian(rest) != DirectorySignature)
            throw file.Refuse("its zip directory is cut short or damaged");
        var header = rest[..DirectoryHeaderBytes];
        var nameBytes = ReadUInt16LittleEndian(header[28..]);
        var extraBytes = ReadUInt16LittleEndian(header[30..]);
        var commentBytes = ReadUInt16LittleEndian(header[32..]);
        if (commentBytes != 0 && rules.OfTorchSave)
            throw file.Refuse("its zip directory has a comment on an entry");
        if (rest.Length < DirectoryHeaderBytes + nameBytes + extraBytes + commentBytes)
            throw file.Refuse("its zip directory is cut short");
        var nameText = rest.Slice(DirectoryHeaderBytes, nameBytes);
        var name = ZipName.Read(file, rules, nameText);
        var extra = rest.Slice(DirectoryHeaderBytes + nameBytes, extraBytes);
        rest = rest[(DirectoryHeaderBytes + nameBytes + extraBytes + commentBytes)..];
        CheckKind(file, rules, header, name);

        long packed = ReadUInt32LittleEndian(header[20..]);
        long length = ReadUInt32LittleEndian(header[24..]);
        long offset = ReadUInt32LittleEndian(header[42..]);
        Widen(file, name, extra, ref length, ref packed, ref offset);
        var isDeflated = ReadUInt16LittleEndian(header[10..]) != 0;
        if ((!isDeflated && packed != length) || offset > limit || packed > limit - offset)
            throw file.Refuse(
                $"its zip entry {SafetensorsLimits.Quote(name)} has {length} bytes ({packed} stored) " +
                    $"at {offset}, " +
                "which does not fit into the archive");
        var entry = new ZipEntry(
            name, offset, 0, length, packed, ReadUInt32LittleEndian(header[16..]), isDeflated,
            (ReadUInt16LittleEndian(header[8..]) & Descriptor) != 0);
        if (entry.IsFolder && length != 0)
            throw file.Refuse($"its zip entry {SafetensorsLimits.Quote(name)} is a folder with content");
        return ZipLocalHeader.Locate(file, entry, nameText, ReadUInt16LittleEndian(header[8..]), limit);
    }

    private static void CheckKind(UntrustedBytes file, ZipRules rules, ReadOnlySpan<byte> header, string name)
    {
        var flags = ReadUInt16LittleEndian(header[8..]);
        var method = ReadUInt16LittleEndian(header[10..]);
        if ((flags & Encrypted) != 0) throw file.Refuse(
            $"its zip entry {SafetensorsLimits.Quote(name)} is encrypted");
        var known = Descriptor | Utf8Name | (rules.OfTorchSave ? 0 : DeflateLevel);
        if ((flags & ~known) != 0)
            throw file.Refuse(
                $"its zip entry {SafetensorsLimits.Quote(name)} has the unknown flags 0x{flags:X4}");
        if (method != 0 && rules.OfTorchSave)
            throw file.Refuse(
                $"its zip entry {SafetensorsLimits.Quote(name)} is compressed (method {method}); " +
                    $"torch.save stores");
        if (method is not (0 or 8))
            throw file.Refuse(
                $"its zip entry {SafetensorsLimits.Quote(name)} is compressed by method {method}; stored " +
                "and deflated entries are read");
        if (ReadUInt16LittleEndian(header[34..]) != 0)
            throw file.Refuse($"its zip entry {SafetensorsLimits.Quote(name)} is on another disk");
        if (!rules.OfTorchSave) CheckMode(file, header, name);
    }

    /// <summary>What the program that made the entry says that it is: nothing but a file or a
    /// folder.</summary>
    private static void CheckMode(UntrustedBytes file, ReadOnlySpan<byte> header, string name)
    {
        var attributes = ReadUInt32LittleEndian(header[38..]);
        var kind = header[5] == Unix ? (int)(attributes >> 16) & UnixKind : 0;
        if (kind is not (0 or UnixFile or UnixFolder))
            throw file.Refuse(
                $"its zip entry {SafetensorsLimits.Quote(name)} is a link or a device; only files and " +
                "folders are read");
        var isFolder = kind == UnixFolder || (kind == 0 && (attributes & DosFolder) != 0);
        if (isFolder && !name.EndsWith('/'))
            throw file.Refuse($"its zip entry {SafetensorsLimits.Quote(name)} is both file and folder");
    }

    /// <summary>Numbers that are all ones stand in the zip64 field, in this order and no other.</summary>
    private static void Widen(
        UntrustedBytes file, string name, ReadOnlySpan<byte> extra, ref long length, ref long packed,
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
}
