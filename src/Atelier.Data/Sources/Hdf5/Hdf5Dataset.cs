using Atelier.IO;

namespace Atelier.Data.Hdf5;

/// <summary>A dataset of whole numbers: its shape, type, and where its values lie.</summary>
/// <param name="Name">Its name in the root group.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Type">Its numbers.</param>
/// <param name="Address">The first value where all lie in a row; otherwise the tree of chunks.</param>
/// <param name="Chunk">The shape of a chunk, or null where all lie in a row.</param>
/// <param name="Filters">What chunks went through, in order of writing.</param>
internal sealed record Hdf5Dataset(
    string Name, long[] Shape, Hdf5Type Type, long Address, int[]? Chunk, IReadOnlyList<Hdf5Filter> Filters)
{
    private const int MostRank = 8;
    private const int MostChunkBytes = 1 << 30;

    /// <summary>Bytes of one chunk.</summary>
    public int ChunkBytes => Chunk!.Aggregate(Type.Width, static (total, size) => total * size);

    /// <summary>Reads the header of a dataset.</summary>
    /// <exception cref="AtelierException">No dataset, or kept in a way that is not read.</exception>
    public static Hdf5Dataset Read(UntrustedBytes file, string name, long header)
    {
        var messages = Hdf5ObjectHeader.Read(file, header);
        var shape = Shapes(file, Find(1));
        var type = Hdf5Type.Read(file, Find(3));
        var filters = messages.Any(static message => message.Type == 11) ? ReadFilters(file, Find(11)) : [];
        var (address, chunk) = Layout(file, Find(8), shape.Length, type.Width);
        if (chunk is null && filters.Count > 0) throw file.Refuse("a dataset without chunks has filters");
        if (address == Hdf5Cursor.Undefined) throw file.Refuse($"its dataset '{name}' has no values");
        return new Hdf5Dataset(name, shape, type, address, chunk, filters);

        byte[] Find(int wanted) => messages.Where(message => message.Type == wanted)
            .Select(static message => message.Data).FirstOrDefault()
            ?? throw file.Refuse($"its '{name}' is no dataset of numbers");
    }

    private static long[] Shapes(UntrustedBytes file, byte[] message)
    {
        var cursor = new Hdf5Cursor(file, message);
        int version = cursor.Byte();
        int rank = cursor.Byte();
        if (version is not (1 or 2) || rank is < 1 or > MostRank)
            throw file.Refuse($"one of its datasets has {rank} dimensions");
        cursor.Take(version == 1 ? 6 : 2);
        var shape = new long[rank];
        Int128 total = 1;
        for (var i = 0; i < rank; i++)
        {
            shape[i] = cursor.Length();
            total = total > long.MaxValue ? total : total * shape[i];
        }

        return total > 0 && total <= long.MaxValue / 8 ? shape
            : throw file.Refuse($"one of its datasets has the shape ({string.Join(", ", shape)})");
    }

    private static (long Address, int[]? Chunk) Layout(
        UntrustedBytes file, byte[] message, int rank, int width)
    {
        var cursor = new Hdf5Cursor(file, message);
        int version = cursor.Byte();
        int kind = cursor.Byte();
        if (version != 3 || kind is not (1 or 2))
            throw file.Refuse($"one of its datasets has the layout {kind} of version {version}; contiguous "
                + "and chunked ones as h5py's default libver writes them are read");
        if (kind == 1) return (cursor.Address(), null);
        if (cursor.Byte() != rank + 1)
            throw file.Refuse("the chunks of a dataset have another rank than it");
        var address = cursor.Address();
        var chunk = new int[rank];
        long bytes = width;
        for (var i = 0; i < rank; i++)
        {
            var size = cursor.UInt32();
            bytes = size is 0 or > MostChunkBytes || bytes > MostChunkBytes
                ? long.MaxValue / 2
                : bytes * size;
            chunk[i] = (int)Math.Min(size, int.MaxValue);
        }

        return bytes <= MostChunkBytes && cursor.UInt32() == width ? (address, chunk)
            : throw file.Refuse($"one of its datasets has chunks of ({string.Join(", ", chunk)}), which is "
                + "nothing or too much");
    }

    private static List<Hdf5Filter> ReadFilters(UntrustedBytes file, byte[] message)
    {
        var cursor = new Hdf5Cursor(file, message);
        int version = cursor.Byte();
        int count = cursor.Byte();
        if (version is not (1 or 2)) throw file.Refuse("the filters of a dataset have an unknown version");
        cursor.Take(version == 1 ? 6 : 0);
        var filters = new List<Hdf5Filter>();
        for (var i = 0; i < count; i++)
        {
            var filter = (Hdf5Filter)cursor.UInt16();
            var nameBytes = version == 1 || (int)filter >= 256 ? cursor.UInt16() : 0;
            cursor.Take(2);
            var values = cursor.UInt16();
            cursor.Take(nameBytes);
            cursor.Take((4 * values) + (version == 1 && values % 2 == 1 ? 4 : 0));
            if (!Enum.IsDefined(filter))
                throw file.Refuse($"one of its datasets has the filter {(int)filter}; gzip, shuffle and lzf "
                    + "are read");
            filters.Add(filter);
        }

        return filters;
    }
}
