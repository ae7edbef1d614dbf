using System.Collections.Concurrent;

namespace Atelier.Data.Resizing;

/// <summary>
/// Separable resizing with antialiasing in Pillow's 8-bit arithmetic, bit for bit: weights of 22 binary
/// digits after the point, columns first, and what lies between the two passes rounded to bytes. For scores
/// that have to be comparable with programs that resize with Pillow; see <see cref="Resizer"/> for everything
/// else.
/// </summary>
public sealed class EightBitResizer
{
    private const int FractionBits = 32 - 8 - 2;
    private const int MaxCachedTables = 64;

    private readonly ConcurrentDictionary<(int Source, int Target), (ResampleTable, int[])> tables = new();

    /// <summary>Creates a resizer that may be used by many threads at once.</summary>
    /// <exception cref="ArgumentException">Area, which Pillow does not have in this form.</exception>
    public EightBitResizer(ResizeFilter filter)
    {
        if (filter == ResizeFilter.Area)
            throw new ArgumentException("Pillow has no area filter of this kind.", nameof(filter));
        Filter = filter;
    }

    /// <summary>How pixels are weighted.</summary>
    public ResizeFilter Filter { get; }

    /// <summary>Resizes uint8 pixels [H, W, C].</summary>
    /// <param name="pixels">sourceHeight * sourceWidth * channels bytes.</param>
    /// <param name="sourceWidth">Pixels in a row of the source.</param>
    /// <param name="sourceHeight">Rows of the source.</param>
    /// <param name="channels">Interleaved channels, at least 1; each is resized by itself.</param>
    /// <param name="width">Pixels in a row of the result.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="result">height * width * channels bytes.</param>
    /// <exception cref="ArgumentException">A span does not fit its shape.</exception>
    public void Resize(ReadOnlySpan<byte> pixels, int sourceWidth, int sourceHeight, int channels, int width,
        int height, Span<byte> result)
    {
        if (pixels.Length != sourceWidth * sourceHeight * channels
            || result.Length != width * height * channels)
            throw new ArgumentException("The spans do not fit the sizes.");
        var between = pixels;
        if (width != sourceWidth)
        {
            var buffer = new byte[sourceHeight * width * channels];
            for (var y = 0; y < sourceHeight; y++)
            {
                Pass(pixels.Slice(y * sourceWidth * channels, sourceWidth * channels), sourceWidth, channels,
                    width, buffer.AsSpan(y * width * channels, width * channels));
            }

            between = buffer;
        }

        // Rows are one long pixel each here: the second pass is the first one with wider pixels.
        if (height != sourceHeight) Pass(between, sourceHeight, width * channels, height, result);
        else between.CopyTo(result);
    }

    private void Pass(ReadOnlySpan<byte> source, int sourceSize, int stride, int targetSize,
        Span<byte> result)
    {
        var (table, weights) = TableFor(sourceSize, targetSize);
        for (var x = 0; x < targetSize; x++)
        {
            var own = weights.AsSpan(x * table.Taps, table.Counts[x]);
            var window = source.Slice(table.Starts[x] * stride, own.Length * stride);
            for (var c = 0; c < stride; c++)
            {
                var sum = 1 << (FractionBits - 1);
                for (int k = 0, at = c; k < own.Length; k++, at += stride) sum += own[k] * window[at];
                result[(x * stride) + c] = (byte)Math.Clamp(sum >> FractionBits, 0, 255);
            }
        }
    }

    private (ResampleTable Table, int[] Weights) TableFor(int source, int target)
    {
        if (tables.TryGetValue((source, target), out var found)) return found;
        var table = new ResampleTable(source, target, Filter);
        found = (table, Array.ConvertAll(table.Exact, ToFixed));
        if (tables.Count < MaxCachedTables) tables.TryAdd((source, target), found);
        return found;
    }

    private static int ToFixed(double weight)
    {
        var scaled = weight * (1 << FractionBits);
        return (int)(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    }
}
