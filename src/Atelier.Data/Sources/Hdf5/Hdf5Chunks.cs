using System.IO.Compression;
using Atelier.Data.Decoding;
using Atelier.IO;

namespace Atelier.Data.Hdf5;

/// <summary>Reads the chunks of a dataset; the last few are kept, because neighbours are read one after
/// another.</summary>
internal sealed class Hdf5Chunks(UntrustedBytes file, Hdf5Dataset dataset)
{
    private const long MostKeptBytes = 1 << 28;
    private const int MostKept = 64;

    private readonly IReadOnlyDictionary<long, Hdf5Chunk> index = Hdf5ChunkIndex.Read(file, dataset);
    private readonly Dictionary<long, Lazy<byte[]>> kept = [];
    private readonly Queue<long> order = [];

    /// <summary>The chunk of a number, where it lies.</summary>
    public Hdf5Chunk this[long number] => index[number];

    /// <summary>The values of a chunk.</summary>
    /// <exception cref="BadImageException">Its data is damaged.</exception>
    public byte[] Read(long number)
    {
        Lazy<byte[]>? chunk;
        lock (kept)
        {
            if (!kept.TryGetValue(number, out chunk))
            {
                kept.Add(number, chunk = new Lazy<byte[]>(() => Unpack(index[number])));
                order.Enqueue(number);
                var fitting = MostKeptBytes / dataset.ChunkBytes;
                var most = Math.Max(Math.Min(fitting, MostKept), Environment.ProcessorCount);
                if (order.Count > most)
                    kept.Remove(order.Dequeue());
            }
        }

        return chunk.Value;
    }

    private byte[] Unpack(Hdf5Chunk chunk)
    {
        var bytes = file.Read(chunk.Address, chunk.Length);
        for (var i = dataset.Filters.Count - 1; i >= 0; i--)
        {
            if ((chunk.SkippedFilters & (1u << i)) == 0)
                bytes = Undo(dataset.Filters[i], bytes);
        }

        return bytes.Length == dataset.ChunkBytes ? bytes : throw Damaged();
    }

    private byte[] Undo(Hdf5Filter filter, byte[] bytes)
    {
        if (filter == Hdf5Filter.Shuffle)
            return bytes.Length == dataset.ChunkBytes ? Unshuffle(bytes) : throw Damaged();
        var target = new byte[dataset.ChunkBytes];
        if (filter == Hdf5Filter.Lzf)
            return Lzf.TryDecompress(bytes, target) ? target : throw Damaged();
        try
        {
            using var stream = new ZLibStream(new MemoryStream(bytes), CompressionMode.Decompress);
            return stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) == target.Length
                && stream.ReadByte() < 0 ? target : throw Damaged();
        }
        catch (InvalidDataException)
        {
            throw Damaged();
        }
    }

    private byte[] Unshuffle(byte[] bytes)
    {
        var (width, count) = (dataset.Type.Width, bytes.Length / dataset.Type.Width);
        if (width == 1) return bytes;
        var values = new byte[bytes.Length];
        for (var i = 0; i < count; i++)
        {
            for (var part = 0; part < width; part++)
                values[(i * width) + part] = bytes[(part * count) + i];
        }

        return values;
    }

    private BadImageException Damaged() => new($"the chunk of the dataset '{dataset.Name}' is damaged");
}
