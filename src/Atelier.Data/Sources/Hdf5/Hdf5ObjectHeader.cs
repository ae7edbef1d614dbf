using Atelier.IO;

namespace Atelier.Data.Hdf5;

/// <summary>The messages of an object (HDF5 File Format Specification 3.0, IV.A.1), versions 1 and
/// 2.</summary>
internal sealed class Hdf5ObjectHeader
{
    private const int MostMessages = 4096;
    private const int MostBlockBytes = 1 << 20;
    private const int Continuation = 0x10;
    private const int SharedFlag = 0x02;

    private readonly UntrustedBytes file;
    private readonly List<Hdf5Message> messages = [];
    private readonly Queue<(long Address, long Length)> blocks = [];
    private bool hasOrder;

    private Hdf5ObjectHeader(UntrustedBytes file) => this.file = file;

    /// <summary>Reads all messages.</summary>
    /// <exception cref="AtelierException">The header is damaged.</exception>
    public static IReadOnlyList<Hdf5Message> Read(UntrustedBytes file, long address)
    {
        var header = new Hdf5ObjectHeader(file);
        header.ReadAll(address);
        return header.messages;
    }

    private void ReadAll(long address)
    {
        var start = file.Read(address, (int)Math.Clamp(file.Length - address, 0, 64));
        var isNew = start.AsSpan().StartsWith("OHDR"u8);
        var cursor = new Hdf5Cursor(file, start);
        if (isNew)
        {
            cursor.Take(4);
            if (cursor.Byte() != 2) throw file.Refuse("an object header has an unknown version");
            int flags = cursor.Byte();
            hasOrder = (flags & 4) != 0;
            cursor.Take(((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0));
            var length = cursor.Number(1 << (flags & 3));
            blocks.Enqueue((address + start.Length - cursor.Left, length));
        }
        else
        {
            if (cursor.Byte() != 1) throw file.Refuse("an object header has an unknown version");
            cursor.Take(7);
            blocks.Enqueue((address + 16, cursor.UInt32()));
        }

        // A block may name one block more; counting messages bounds a chain that bites its tail.
        for (var count = 0; blocks.TryDequeue(out var block); count++)
        {
            if (count > MostMessages || block.Length is < 0 or > MostBlockBytes)
                throw file.Refuse("an object header is too long");
            ReadBlock(file.Read(block.Address, (int)block.Length), isNew);
        }
    }

    private void ReadBlock(byte[] bytes, bool isNew)
    {
        var cursor = new Hdf5Cursor(file, bytes);
        var head = isNew ? 4 + (hasOrder ? 2 : 0) : 8;
        while (cursor.Left >= head)
        {
            var type = isNew ? cursor.Byte() : cursor.UInt16();
            var size = cursor.UInt16();
            int flags = cursor.Byte();
            cursor.Take(isNew ? head - 4 : 3);
            var data = cursor.Take(size);
            if (messages.Count == MostMessages) throw file.Refuse("an object header is too long");
            if (type == Continuation)
                Continue(data, isNew);
            else if ((flags & SharedFlag) == 0)
                messages.Add(new Hdf5Message(type, data.ToArray()));
        }
    }

    private void Continue(ReadOnlySpan<byte> data, bool isNew)
    {
        var cursor = new Hdf5Cursor(file, data);
        var (address, length) = (cursor.Address(), cursor.Length());
        if (isNew)
        {
            // The new kind of block has a signature before its messages and a checksum behind.
            var signature = new Hdf5Cursor(file, file.Read(address, 4));
            signature.Expect("OCHK"u8, "continued object header");
            (address, length) = (address + 4, length - 8);
        }

        blocks.Enqueue((address, length));
    }
}
