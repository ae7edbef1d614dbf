using Atelier.IO;

namespace Atelier.Data.Hdf5;

/// <summary>The chunks of a dataset out of its B-tree (HDF5 File Format Specification 3.0, III.A.1, node
/// type 1).</summary>
internal sealed class Hdf5ChunkIndex
{
    private const int HeadBytes = 24;

    private readonly UntrustedBytes file;
    private readonly Hdf5Dataset dataset;
    private readonly long[] grid;
    private readonly Dictionary<long, Hdf5Chunk> chunks = [];

    private Hdf5ChunkIndex(UntrustedBytes file, Hdf5Dataset dataset)
    {
        (this.file, this.dataset) = (file, dataset);
        grid = [.. dataset.Shape.Select((size, i) => (size + dataset.Chunk![i] - 1) / dataset.Chunk[i])];
    }

    /// <summary>All chunks by their number in the grid, the last dimension fastest.</summary>
    /// <exception cref="AtelierException">The tree is damaged, or chunks are missing.</exception>
    public static IReadOnlyDictionary<long, Hdf5Chunk> Read(UntrustedBytes file, Hdf5Dataset dataset)
    {
        var index = new Hdf5ChunkIndex(file, dataset);
        index.Walk();
        return index.chunks;
    }

    private void Walk()
    {
        Int128 needed = 1;
        foreach (var size in grid) needed *= size;
        if (needed > ArchiveLimits.MaxEntries)
            throw file.Refuse($"its dataset '{dataset.Name}' has {needed} chunks");
        var keyBytes = 8 + (8 * (dataset.Shape.Length + 1));
        var open = new Stack<(long Address, int Level)>([(dataset.Address, -1)]);
        var nodes = 0L;
        while (open.TryPop(out var next))
        {
            // Every node of a sound tree leads to a chunk of its own, and lies on bytes of its own.
            if (++nodes > (2 * (long)needed) + 64 || nodes > file.Length / HeadBytes)
                throw file.Refuse("the tree of its chunks has too many nodes");
            var head = new Hdf5Cursor(file, file.Read(next.Address, HeadBytes));
            head.Expect("TREE"u8, "tree of chunks");
            if (head.Byte() != 1) throw file.Refuse("the tree of its chunks is that of a group");
            int level = head.Byte();
            if (next.Level >= 0 && level != next.Level)
                throw file.Refuse("the tree of its chunks is damaged");
            var count = head.UInt16();
            var cursor = new Hdf5Cursor(file, file.Read(next.Address + HeadBytes, count * (keyBytes + 8)));
            for (var i = 0; i < count; i++)
            {
                var key = cursor.Take(keyBytes);
                var child = cursor.Address();
                if (level == 0)
                    Add(key, child);
                else
                    open.Push((child, level - 1));
            }
        }

        if (chunks.Count != needed)
            throw file.Refuse($"its dataset '{dataset.Name}' has {chunks.Count} of {needed} chunks");
    }

    private void Add(ReadOnlySpan<byte> key, long address)
    {
        var cursor = new Hdf5Cursor(file, key);
        var length = cursor.UInt32();
        var skipped = (uint)cursor.UInt32();
        var place = 0L;
        for (var i = 0; i < grid.Length; i++)
        {
            var (at, rest) = Math.DivRem(cursor.Length(), dataset.Chunk![i]);
            if (rest != 0 || at >= grid[i])
                throw file.Refuse($"a chunk of its dataset '{dataset.Name}' lies outside of it");
            place = (place * grid[i]) + at;
        }

        if (address < 0 || length > int.MaxValue || length > file.Length - address)
            throw file.Refuse($"a chunk of its dataset '{dataset.Name}' is not there");
        if (ArchiveLimits.IsBomb(length, dataset.ChunkBytes))
            throw file.Refuse($"a chunk of its dataset '{dataset.Name}' has {length} bytes for "
                + $"{dataset.ChunkBytes}, more than {ArchiveLimits.MaxRatio} to 1");
        if (!chunks.TryAdd(place, new Hdf5Chunk(address, (int)length, skipped)))
            throw file.Refuse($"its dataset '{dataset.Name}' has a chunk twice");
    }
}
