using Atelier.IO;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Atelier.Data.Lmdb;

/// <summary>
/// Lists the keys of an LMDB file's main database by walking its B+tree (lmdb 0.9, mdb.c: MDB_page,
/// MDB_node). Nothing is locked and nothing is mapped: each page is read, every place in it is checked, and
/// keys must ascend, so that no page can be walked twice.
/// </summary>
internal sealed class LmdbIndex
{
    private const int PageHead = 16;
    private const int NodeHead = 8;
    private const int MostDepth = 32;
    private const int BranchPage = 0x01;
    private const int LeafPage = 0x02;
    private const int OverflowPage = 0x04;
    private const int PageKinds = 0x7F;
    private const int BigValue = 0x01;

    private readonly UntrustedBytes file;
    private readonly LmdbMeta meta;
    private readonly List<LmdbValue> values = [];

    private LmdbIndex(UntrustedBytes file)
    {
        this.file = file;
        meta = LmdbMeta.Read(file);
    }

    /// <summary>All keys in their order, and where their values lie.</summary>
    /// <exception cref="AtelierException">What <see cref="UntrustedBytes.Refuse"/> makes of it.</exception>
    public static IReadOnlyList<LmdbValue> Read(UntrustedBytes file)
    {
        var index = new LmdbIndex(file);
        index.Walk();
        return index.values;
    }

    private void Walk()
    {
        if (meta.Flags != 0)
            throw file.Refuse(
                $"its database has the flags 0x{meta.Flags:X}; plain keys with one value each are read");
        if (meta.Root == -1) return;
        if (meta.Depth is < 1 or > MostDepth) throw file.Refuse($"its tree has {meta.Depth} levels");
        var open = new Stack<(byte[] Page, int Next)>([(ReadPage(meta.Root), 0)]);
        while (open.TryPop(out var top))
        {
            var kind = ReadUInt16LittleEndian(top.Page.AsSpan(10)) & PageKinds;
            if (kind == LeafPage && open.Count == meta.Depth - 1)
            {
                TakeLeaf(top.Page);
            }
            else if (kind != BranchPage || open.Count >= meta.Depth - 1)
            {
                throw file.Refuse($"a page of its tree has the kind 0x{kind:X} at level {open.Count}");
            }
            else if (top.Next < Count(top.Page))
            {
                open.Push((top.Page, top.Next + 1));
                open.Push((ReadPage(Child(top.Page, top.Next)), 0));
            }
        }

        if (values.Count != meta.Entries)
            throw file.Refuse($"its tree has {values.Count} keys, and its meta page says {meta.Entries}");
    }

    private byte[] ReadPage(long number)
    {
        var page = file.Read(Place(number), meta.PageBytes);
        if (ReadInt64LittleEndian(page) != number)
            throw file.Refuse($"its page {number} is not where it should be");
        var lower = ReadUInt16LittleEndian(page.AsSpan(12));
        var upper = ReadUInt16LittleEndian(page.AsSpan(14));
        // No page but that of an empty tree is empty; many empty ones could be walked without end.
        return lower > PageHead && lower % 2 == 0 && lower <= upper && upper <= meta.PageBytes
            ? page
            : throw file.Refuse($"its page {number} is damaged");
    }

    private long Place(long number) => number >= 2 && number <= meta.LastPage
        ? number * meta.PageBytes
        : throw file.Refuse($"it points at the page {number}; there are 2 to {meta.LastPage}");

    private static int Count(byte[] page) => (ReadUInt16LittleEndian(page.AsSpan(12)) - PageHead) / 2;

    private ReadOnlySpan<byte> Node(byte[] page, int index)
    {
        int at = ReadUInt16LittleEndian(page.AsSpan(PageHead + (2 * index)));
        if (at < ReadUInt16LittleEndian(page.AsSpan(14)) || at > page.Length - NodeHead)
            throw file.Refuse("a node of its tree lies outside its page");
        return page.AsSpan(at);
    }

    private long Child(byte[] page, int index)
    {
        var node = Node(page, index);
        return ReadUInt16LittleEndian(node) | ((long)ReadUInt16LittleEndian(node[2..]) << 16)
            | ((long)ReadUInt16LittleEndian(node[4..]) << 32);
    }

    private void TakeLeaf(byte[] page)
    {
        for (var i = 0; i < Count(page); i++)
        {
            var node = Node(page, i);
            var length = ReadUInt32LittleEndian(node);
            int flags = ReadUInt16LittleEndian(node[4..]);
            int keyBytes = ReadUInt16LittleEndian(node[6..]);
            if ((flags & ~BigValue) != 0)
                throw file.Refuse("it holds databases in a database, or several values of one key");
            if (keyBytes == 0 || keyBytes > node.Length - NodeHead)
                throw file.Refuse("a key of its tree reaches over its page");
            var key = node.Slice(NodeHead, keyBytes);
            if (values.Count > 0 && key.SequenceCompareTo(values[^1].Key) <= 0)
                throw file.Refuse("the keys of its tree do not ascend");
            var inPage = node[(NodeHead + keyBytes)..];
            var offset = (flags & BigValue) != 0
                ? Overflow(inPage, length)
                : length <= inPage.Length
                    ? OffsetOf(page) + page.Length - inPage.Length
                    : throw file.Refuse("a value of its tree reaches over its page");
            if (values.Count == meta.Entries)
                throw file.Refuse($"its tree has more keys than the {meta.Entries} of its meta page");
            values.Add(new LmdbValue(key.ToArray(), offset, (int)length));
        }
    }

    private long OffsetOf(byte[] page) => ReadInt64LittleEndian(page) * meta.PageBytes;

    private long Overflow(ReadOnlySpan<byte> place, uint length)
    {
        if (place.Length < 8) throw file.Refuse("a value of its tree reaches over its page");
        var number = ReadInt64LittleEndian(place);
        var offset = Place(number);
        var head = file.Read(offset, PageHead);
        var pages = ReadUInt32LittleEndian(head.AsSpan(12));
        if (ReadInt64LittleEndian(head) != number
            || (ReadUInt16LittleEndian(head.AsSpan(10)) & PageKinds) != OverflowPage
            || number + pages - 1 > meta.LastPage || length > ((long)pages * meta.PageBytes) - PageHead
            || length > int.MaxValue)
            throw file.Refuse($"its value of {length} bytes at page {number} is not there");
        return offset + PageHead;
    }
}
