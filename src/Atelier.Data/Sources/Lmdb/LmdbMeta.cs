using Atelier.IO;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Atelier.Data.Lmdb;

/// <summary>
/// The newer of the two meta pages of an LMDB file (lmdb 0.9, mdb.c: MDB_meta, MDB_db), as a 64-bit
/// little-endian machine writes it.
/// </summary>
/// <param name="PageBytes">Bytes of a page.</param>
/// <param name="LastPage">The highest page in use.</param>
/// <param name="Flags">Flags of the main database.</param>
/// <param name="Depth">Levels of its tree.</param>
/// <param name="Entries">How many keys it has.</param>
/// <param name="Root">The page of its root, or -1 when it is empty.</param>
internal readonly record struct LmdbMeta(
    int PageBytes, long LastPage, int Flags, int Depth, long Entries, long Root)
{
    /// <summary>Bytes that are enough for <see cref="Recognises"/>.</summary>
    public const int PrefixBytes = 24;

    private const int MetaBytes = 152;
    private const uint Magic = 0xBEEFC0DE;
    private const int MetaPage = 0x08;

    /// <summary>Whether a file begins as an LMDB file.</summary>
    public static bool Recognises(ReadOnlySpan<byte> prefix)
        => prefix.Length >= PrefixBytes && ReadUInt32LittleEndian(prefix[16..]) == Magic;

    /// <summary>Reads both meta pages and takes the one of the later transaction.</summary>
    /// <exception cref="AtelierException">Damaged, of another version, or of another machine.</exception>
    public static LmdbMeta Read(UntrustedBytes file)
    {
        if (file.Length < MetaBytes) throw file.Refuse("it is too short for an LMDB file");
        var first = file.Read(0, MetaBytes);
        if (!Recognises(first)) throw file.Refuse("it does not begin as an LMDB file");
        var pageBytes = ReadUInt32LittleEndian(first.AsSpan(40));
        if (pageBytes is < 512 or > 65536 || (pageBytes & (pageBytes - 1)) != 0)
            throw file.Refuse($"its pages have {pageBytes} bytes; expected a power of two from 512 to 65536");
        if (file.Length < 2 * pageBytes) throw file.Refuse("it ends before its second meta page");
        var second = file.Read(pageBytes, MetaBytes);
        var (a, b) = (Transaction(first), Transaction(second));
        if (a < 0 && b < 0) throw file.Refuse("both of its meta pages are damaged, or of another version");
        return Parse(file, a >= b ? first : second, (int)pageBytes);
    }

    private static LmdbMeta Parse(UntrustedBytes file, ReadOnlySpan<byte> page, int pageBytes)
    {
        // Behind the head of 16: magic 4, version 4, address 8, size 8, two databases of 48, last page.
        var main = page[88..];
        var meta = new LmdbMeta(
            pageBytes, ReadInt64LittleEndian(page[136..]), ReadUInt16LittleEndian(main[4..]),
            ReadUInt16LittleEndian(main[6..]), ReadInt64LittleEndian(main[32..]),
            ReadInt64LittleEndian(main[40..]));
        if (meta.LastPage < 1 || meta.LastPage >= file.Length / pageBytes)
            throw file.Refuse(
                $"its last page is {meta.LastPage}, and {file.Length / pageBytes} are there: an incomplete "
                + "copy");
        return meta.Entries is >= 0 and <= ArchiveLimits.MaxEntries
            ? meta
            : throw file.Refuse(
                $"it has {meta.Entries} keys; at most {ArchiveLimits.MaxEntries} are read");
    }

    private static long Transaction(ReadOnlySpan<byte> page)
        => (ReadUInt16LittleEndian(page[10..]) & MetaPage) != 0
            && ReadUInt32LittleEndian(page[16..]) == Magic && ReadUInt32LittleEndian(page[20..]) == 1
            ? ReadInt64LittleEndian(page[144..])
            : -1;
}
