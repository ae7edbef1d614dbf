using System.Collections.Concurrent;
using System.Numerics;
using Atelier.Data.Decoding;

namespace Atelier.Data.Resizing;

/// <summary>
/// Separable resizing with antialiasing: columns first, then rows, float32 sums in a fixed order, so that the
/// result is the same on every machine and for every thread count. Equal to Pillow's float resize within 1e-3
/// of 255, and to its 8-bit resize within one step.
/// </summary>
public sealed class Resizer
{
    private const int MaxCachedTables = 64;

    private readonly ConcurrentDictionary<(int Source, int Target), ResampleTable> tables = new();

    /// <summary>Creates a resizer that may be used by many threads at once.</summary>
    public Resizer(ResizeFilter filter) => Filter = filter;

    /// <summary>How pixels are weighted.</summary>
    public ResizeFilter Filter { get; }

    /// <summary>Resizes uint8 pixels; sums are rounded to the nearest step and clamped to [0, 255].</summary>
    /// <returns>An image of the asked size; the same object when the size is already right.</returns>
    public RasterImage Resize(RasterImage image, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Width == width && image.Height == height)
            return image;
        var (rowLength, channels) = (image.Width * image.Channels, image.Channels);
        var columns = TableFor(image.Width, width);
        var between = new float[image.Height * width * channels];
        var row = new float[rowLength];
        for (var y = 0; y < image.Height; y++)
        {
            Widen(image.Pixels.AsSpan(y * rowLength, rowLength), row);
            ResizeRow(row, columns, channels, between.AsSpan(y * width * channels, width * channels));
        }

        var rows = TableFor(image.Height, height);
        var result = GC.AllocateUninitializedArray<byte>(width * height * channels);
        var sums = new float[width * channels];
        for (var y = 0; y < height; y++)
        {
            SumRows(between, rows, y, sums);
            Round(sums, result.AsSpan(y * sums.Length, sums.Length));
        }

        return new RasterImage(width, height, channels, result);
    }

    /// <summary>Resizes float32 pixels [H, W, C] without rounding or clamping.</summary>
    /// <param name="pixels">sourceHeight * sourceWidth * channels values.</param>
    /// <param name="sourceWidth">Pixels in a row of the source.</param>
    /// <param name="sourceHeight">Rows of the source.</param>
    /// <param name="channels">Interleaved channels, at least 1.</param>
    /// <param name="width">Pixels in a row of the result.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="result">height * width * channels values.</param>
    /// <exception cref="ArgumentException">A span does not fit its shape.</exception>
    public void Resize(ReadOnlySpan<float> pixels, int sourceWidth, int sourceHeight, int channels, int width,
        int height, Span<float> result)
    {
        var rowLength = sourceWidth * channels;
        if (pixels.Length != rowLength * sourceHeight || result.Length != width * height * channels)
            throw new ArgumentException("The spans do not fit the sizes.");
        var columns = TableFor(sourceWidth, width);
        var between = new float[sourceHeight * width * channels];
        for (var y = 0; y < sourceHeight; y++)
        {
            ResizeRow(pixels.Slice(y * rowLength, rowLength), columns, channels,
                between.AsSpan(y * width * channels, width * channels));
        }

        var rows = TableFor(sourceHeight, height);
        for (var y = 0; y < height; y++)
            SumRows(between, rows, y, result.Slice(y * width * channels, width * channels));
    }

    private ResampleTable TableFor(int source, int target)
    {
        if (tables.TryGetValue((source, target), out var table))
            return table;
        table = new ResampleTable(source, target, Filter);
        // A folder with images of every size must not fill the memory with tables.
        if (tables.Count < MaxCachedTables)
            tables.TryAdd((source, target), table);
        return table;
    }

    private static void Widen(ReadOnlySpan<byte> from, Span<float> to)
    {
        for (var i = 0; i < from.Length; i++)
            to[i] = from[i];
    }

    private static void ResizeRow(ReadOnlySpan<float> row, ResampleTable table, int channels,
        Span<float> result)
    {
        for (var x = 0; x < table.Starts.Length; x++)
        {
            var weights = table.Weights.AsSpan(x * table.Taps, table.Counts[x]);
            var source = row.Slice(table.Starts[x] * channels, weights.Length * channels);
            if (channels == 3)
            {
                float red = 0, green = 0, blue = 0;
                for (int k = 0, at = 0; k < weights.Length; k++, at += 3)
                {
                    red += weights[k] * source[at];
                    green += weights[k] * source[at + 1];
                    blue += weights[k] * source[at + 2];
                }

                (result[3 * x], result[(3 * x) + 1], result[(3 * x) + 2]) = (red, green, blue);
                continue;
            }

            for (var channel = 0; channel < channels; channel++)
            {
                var sum = 0f;
                for (var k = 0; k < weights.Length; k++)
                    sum += weights[k] * source[(k * channels) + channel];
                result[(x * channels) + channel] = sum;
            }
        }
    }

    private static void SumRows(float[] between, ResampleTable table, int y, Span<float> result)
    {
        result.Clear();
        for (var k = 0; k < table.Counts[y]; k++)
        {
            var weight = table.Weights[(y * table.Taps) + k];
            var row = between.AsSpan((table.Starts[y] + k) * result.Length, result.Length);
            var i = 0;
            // Lanes are neighbours in a row, never terms of one sum: the width of the vector does not change
            // a bit.
            for (; i <= result.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                var sum = new Vector<float>(result[i..]) + (new Vector<float>(row[i..]) * weight);
                sum.CopyTo(result[i..]);
            }

            for (; i < result.Length; i++)
                result[i] += row[i] * weight;
        }
    }

    private static void Round(ReadOnlySpan<float> from, Span<byte> to)
    {
        for (var i = 0; i < from.Length; i++)
            to[i] = (byte)Math.Clamp(from[i] + 0.5f, 0f, 255f);
    }
}
