using Atelier.Data.Arrays;
using Atelier.IO;

namespace Atelier.Data.Hdf5;

/// <summary>A dataset [N, C, H, W] or [N, H, W, C] of uint8 as images, in a row or in chunks.</summary>
internal sealed class Hdf5Images : ImageArray
{
    private readonly UntrustedBytes file;
    private readonly Hdf5Dataset dataset;
    private readonly Hdf5Chunks? chunks;

    /// <summary>Reads the index of the chunks; the file is taken over.</summary>
    /// <exception cref="AtelierException">Not images, or a damaged index.</exception>
    public Hdf5Images(UntrustedBytes file, Hdf5Dataset dataset)
    {
        (this.file, this.dataset) = (file, dataset);
        if (dataset.Type is not { Width: 1, IsSigned: false } || dataset.Shape.Length is < 3 or > 4
            || dataset.Shape[0] > ArchiveLimits.MaxEntries
            || ImageShape.Of(dataset.Shape.AsSpan(1)) is not { } shape)
            throw file.Refuse($"its dataset '{dataset.Name}' is ({string.Join(", ", dataset.Shape)}) of "
                + $"{dataset.Type.Width} bytes; images are uint8 of (N, 3, H, W), (N, H, W, 3) or (N, H, W)");
        Shape = shape;
        if (dataset.Chunk is not null)
            chunks = new Hdf5Chunks(file, dataset);
        else if (dataset.Shape[0] * shape.Bytes > file.Length - dataset.Address)
            throw file.Refuse($"its dataset '{dataset.Name}' reaches over its end: an incomplete copy");
    }

    /// <inheritdoc/>
    public override int Count => (int)dataset.Shape[0];

    /// <inheritdoc/>
    public override ImageShape Shape { get; }

    /// <inheritdoc/>
    public override byte[] Read(int index)
    {
        if (chunks is null)
            return file.Read(dataset.Address + ((long)index * Shape.Bytes), Shape.Bytes);
        var image = new byte[Shape.Bytes];
        var (row, within) = Math.DivRem(index, dataset.Chunk![0]);
        if (Shape.Bytes == dataset.ChunkBytes / dataset.Chunk[0] && HoldsWholeImages())
            return dataset.Filters.Count == 0 && chunks[row].Length == dataset.ChunkBytes
                ? file.Read(chunks[row].Address + ((long)within * Shape.Bytes), Shape.Bytes)
                : chunks.Read(row).AsSpan(within * Shape.Bytes, Shape.Bytes).ToArray();
        Gather(image, row, within);
        return image;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }

    private bool HoldsWholeImages()
    {
        for (var i = 1; i < dataset.Shape.Length; i++)
        {
            if (dataset.Chunk![i] != dataset.Shape[i]) return false;
        }

        return true;
    }

    /// <summary>Puts an image together whose parts lie in several chunks. Two dimensions are three with one
    /// of size 1.</summary>
    private void Gather(byte[] image, long row, int within)
    {
        var isPlain = dataset.Shape.Length == 3;
        long[] sizes = isPlain ? [1, .. dataset.Shape[1..]] : dataset.Shape[1..];
        int[] chunk = isPlain ? [1, .. dataset.Chunk![1..]] : dataset.Chunk![1..];
        long[] grid = [.. sizes.Select((size, i) => (size + chunk[i] - 1) / chunk[i])];
        for (var number = 0L; number < grid[0] * grid[1] * grid[2]; number++)
        {
            var values = chunks!.Read((row * grid[0] * grid[1] * grid[2]) + number);
            var a = number / (grid[1] * grid[2]) * chunk[0];
            var b = number / grid[2] % grid[1] * chunk[1];
            var c = number % grid[2] * chunk[2];
            var length = (int)Math.Min(chunk[2], sizes[2] - c);
            for (var i = a; i < Math.Min(a + chunk[0], sizes[0]); i++)
            {
                for (var j = b; j < Math.Min(b + chunk[1], sizes[1]); j++)
                {
                    var from = ((((within * (long)chunk[0]) + i - a) * chunk[1]) + j - b) * chunk[2];
                    values.AsSpan((int)from, length)
                        .CopyTo(image.AsSpan((int)((((i * sizes[1]) + j) * sizes[2]) + c)));
                }
            }
        }
    }
}
