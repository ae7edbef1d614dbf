using System.Text;
using Atelier.IO;

namespace Atelier.Data.Hdf5;

/// <summary>
/// The names in a group (HDF5 File Format Specification 3.0, III.A to III.D and IV.A.2.g): a symbol table, or
/// links that stand in the header.
/// </summary>
internal sealed class Hdf5Group
{
    private const int MostNodes = 4096;
    private const int MostNames = 4096;
    private const int MostHeapBytes = 1 << 20;
    private const int EntryBytes = 40;

    private readonly UntrustedBytes file;
    private readonly Dictionary<string, long> links = new(StringComparer.Ordinal);

    private Hdf5Group(UntrustedBytes file) => this.file = file;

    /// <summary>The addresses of the object headers by name, without soft and external links.</summary>
    /// <exception cref="AtelierException">The group is damaged, or kept in another way.</exception>
    public static IReadOnlyDictionary<string, long> Read(UntrustedBytes file, long header)
    {
        var group = new Hdf5Group(file);
        foreach (var message in Hdf5ObjectHeader.Read(file, header))
        {
            var cursor = new Hdf5Cursor(file, message.Data);
            if (message.Type == 0x11)
                group.ReadTable(cursor.Address(), cursor.Address());
            else if (message.Type == 0x06)
                group.ReadLink(cursor);
            else if (message.Type == 0x02)
                group.CheckInfo(cursor);
        }

        return group.links;
    }

    private void ReadTable(long tree, long heapAddress)
    {
        var head = new Hdf5Cursor(file, file.Read(heapAddress, 32));
        head.Expect("HEAP"u8, "heap of names");
        head.Take(4);
        var size = head.Length();
        head.Length();
        if (size > MostHeapBytes) throw file.Refuse($"its heap of names has {size} bytes");
        var heap = file.Read(head.Address(), (int)size);

        var open = new Stack<long>([tree]);
        for (var count = 0; open.TryPop(out var address); count++)
        {
            if (count == MostNodes)
                throw file.Refuse("its group has too many nodes, or leads back to itself");
            var signature = file.Read(address, 4);
            if (signature.AsSpan().SequenceEqual("TREE"u8))
                PushChildren(address, open);
            else
                ReadNode(address, heap);
        }
    }

    private void PushChildren(long address, Stack<long> open)
    {
        var head = new Hdf5Cursor(file, file.Read(address + 4, 4));
        if (head.Byte() != 0) throw file.Refuse("the tree of its group is that of a dataset");
        head.Byte();
        var count = head.UInt16();
        // Behind the head of 24 bytes: a key and a child by turns, 8 bytes each.
        var cursor = new Hdf5Cursor(file, file.Read(address + 24, 16 * count));
        for (var i = 0; i < count; i++)
        {
            cursor.Take(8);
            open.Push(cursor.Address());
        }
    }

    private void ReadNode(long address, byte[] heap)
    {
        var head = new Hdf5Cursor(file, file.Read(address, 8));
        head.Expect("SNOD"u8, "node of names");
        head.Take(2);
        var count = head.UInt16();
        var cursor = new Hdf5Cursor(file, file.Read(address + 8, EntryBytes * count));
        for (var i = 0; i < count; i++)
        {
            var name = cursor.Length();
            var header = cursor.Address();
            var isSoft = cursor.UInt32() == 2;
            cursor.Take(20);
            if (name >= heap.Length) throw file.Refuse("a name of its group lies outside its heap");
            var text = heap.AsSpan((int)name);
            var end = text.IndexOf((byte)0);
            if (!isSoft) Add(Encoding.UTF8.GetString(end < 0 ? text : text[..end]), header);
        }
    }

    private void ReadLink(Hdf5Cursor cursor)
    {
        if (cursor.Byte() != 1) throw file.Refuse("a link has an unknown version");
        int flags = cursor.Byte();
        var kind = (flags & 8) != 0 ? cursor.Byte() : 0;
        cursor.Take(((flags & 4) != 0 ? 8 : 0) + ((flags & 0x10) != 0 ? 1 : 0));
        var name = Encoding.UTF8.GetString(cursor.Take(cursor.Number(1 << (flags & 3))));
        if (kind == 0) Add(name, cursor.Address());
    }

    private void CheckInfo(Hdf5Cursor cursor)
    {
        cursor.Byte();
        var hasIndex = (cursor.Byte() & 1) != 0;
        cursor.Take(hasIndex ? 8 : 0);
        if (cursor.Address() != Hdf5Cursor.Undefined)
            throw file.Refuse("its names are kept in a fractal heap; write it with h5py's default libver");
    }

    private void Add(string name, long header)
    {
        if (links.Count == MostNames || !links.TryAdd(name, header))
            throw file.Refuse("its group has a name twice, or too many of them");
    }
}
