using System.Numerics;
using Atelier.Data.Decoding;
using Atelier.Data.Resizing;

namespace Atelier.Data;

/// <summary>
/// What an image looks like, in 64 bits: the image as 32x32 grey levels, its cosine transform (DCT-II), and
/// of the 64 lowest frequencies without the mean whether each is above their median (after Zauner,
/// "Implementation and benchmarking of perceptual image hash functions", 2010). Copies that were resized or
/// compressed again differ in few bits.
/// </summary>
internal static class PerceptualHash
{
    /// <summary>The side of <see cref="Thumbnail"/>.</summary>
    public const int ThumbnailSide = 16;

    private const int Side = 32;
    private const int Frequencies = 9;
    private static readonly float[] Cosines = MakeCosines();
    private static readonly Resizer Shrink = new(ResizeFilter.Area);

    /// <summary>The image as 32x32 grey levels in [0, 255] (ITU-R BT.601), row by row.</summary>
    public static float[] GreyOf(RasterImage image)
    {
        var small = image.Width == Side && image.Height == Side ? image : Shrink.Resize(image, Side, Side);
        var grey = new float[Side * Side];
        for (var i = 0; i < grey.Length; i++)
        {
            var at = i * small.Channels;
            grey[i] = small.Channels < 3
                ? small.Pixels[at]
                : (0.299f * small.Pixels[at]) + (0.587f * small.Pixels[at + 1])
                    + (0.114f * small.Pixels[at + 2]);
        }

        return grey;
    }

    /// <summary>The hash of 32x32 grey levels.</summary>
    public static ulong Of(ReadOnlySpan<float> grey)
    {
        // Frequencies (u, v) below 8, with (0, 8) in the place of the mean (0, 0).
        Span<float> rows = stackalloc float[Side * Frequencies];
        for (var y = 0; y < Side; y++)
            for (var u = 0; u < Frequencies; u++)
                rows[(y * Frequencies) + u] = Dot(grey.Slice(y * Side, Side), u);
        Span<float> column = stackalloc float[Side];
        Span<float> low = stackalloc float[64];
        for (var u = 0; u < Frequencies; u++)
        {
            for (var y = 0; y < Side; y++)
                column[y] = rows[(y * Frequencies) + u];
            if (u == Frequencies - 1)
            {
                low[0] = Dot(column, 0);
                continue;
            }

            for (var v = u == 0 ? 1 : 0; v < 8; v++)
                low[(8 * v) + u] = Dot(column, v);
        }

        Span<float> sorted = stackalloc float[64];
        low.CopyTo(sorted);
        sorted.Sort();
        var median = (sorted[31] + sorted[32]) / 2;
        var hash = 0UL;
        for (var i = 0; i < 64; i++)
            hash |= low[i] > median ? 1UL << i : 0;
        return hash;
    }

    /// <summary>32x32 grey levels as 16x16 bytes, to confirm what the hash suggests.</summary>
    public static byte[] Thumbnail(ReadOnlySpan<float> grey)
    {
        var bytes = new byte[ThumbnailSide * ThumbnailSide];
        for (var i = 0; i < bytes.Length; i++)
        {
            var at = (2 * (i / ThumbnailSide) * Side) + (2 * (i % ThumbnailSide));
            var mean = (grey[at] + grey[at + 1] + grey[at + Side] + grey[at + Side + 1]) / 4;
            bytes[i] = (byte)Math.Clamp(MathF.Round(mean), 0, 255);
        }

        return bytes;
    }

    /// <summary>The correlation of two grids of grey levels; 1 where both are constant.</summary>
    public static double Correlation(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        double sumLeft = 0, sumRight = 0, squareLeft = 0, squareRight = 0, product = 0;
        for (var i = 0; i < left.Length; i++)
        {
            sumLeft += left[i];
            sumRight += right[i];
            squareLeft += left[i] * left[i];
            squareRight += right[i] * right[i];
            product += left[i] * right[i];
        }

        var count = (double)left.Length;
        var scale = ((squareLeft * count) - (sumLeft * sumLeft))
            * ((squareRight * count) - (sumRight * sumRight));
        return scale <= 0 ? 1 : ((product * count) - (sumLeft * sumRight)) / Math.Sqrt(scale);
    }

    private static float Dot(ReadOnlySpan<float> values, int frequency)
    {
        var cosines = Cosines.AsSpan(frequency * Side, Side);
        var sum = Vector<float>.Zero;
        for (var x = 0; x < Side; x += Vector<float>.Count)
            sum += new Vector<float>(values[x..]) * new Vector<float>(cosines[x..]);
        return Vector.Sum(sum);
    }

    private static float[] MakeCosines()
    {
        var table = new float[Frequencies * Side];
        for (var u = 0; u < Frequencies; u++)
            for (var x = 0; x < Side; x++)
                table[(u * Side) + x] = MathF.Cos(MathF.PI * u * (x + 0.5f) / Side);
        return table;
    }
}
