using System.IO.Compression;
using Atelier.Data.Decoding;

namespace Atelier.Data.Pictures;

/// <summary>Filters the rows of a picture and compresses them (ISO/IEC 15948, sections 9 and 10).</summary>
internal static class PngFilter
{
    private const int Filters = 5;

    /// <summary>
    /// Each row gets the filter whose output, as signed bytes, has the least sum of absolute values: the
    /// format text's
    /// own heuristic (12.8), which costs little and comes near the best.
    /// </summary>
    /// <returns>The zlib stream for IDAT.</returns>
    public static byte[] Compress(RasterImage image)
    {
        var stride = image.Width * image.Channels;
        var candidates = new byte[Filters][];
        for (var i = 0; i < Filters; i++)
            candidates[i] = new byte[stride + 1];

        using var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            ReadOnlySpan<byte> above = new byte[stride];
            for (var y = 0; y < image.Height; y++)
            {
                var row = image.Pixels.AsSpan(y * stride, stride);
                zlib.Write(Best(candidates, row, above, image.Channels));
                above = row;
            }
        }

        return output.ToArray();
    }

    private static byte[] Best(
        byte[][] candidates, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int pixel)
    {
        var best = candidates[0];
        var least = long.MaxValue;
        for (var filter = 0; filter < Filters; filter++)
        {
            var candidate = candidates[filter];
            candidate[0] = (byte)filter;
            var sum = 0L;
            for (var i = 0; i < row.Length; i++)
            {
                var left = i < pixel ? 0 : row[i - pixel];
                var corner = i < pixel ? 0 : above[i - pixel];
                var value = (byte)(row[i] - Predict(filter, left, above[i], corner));
                candidate[i + 1] = value;
                sum += Math.Abs((int)(sbyte)value);
            }

            if (sum >= least)
                continue;
            least = sum;
            best = candidate;
        }

        return best;
    }

    private static int Predict(int filter, int left, int up, int corner) => filter switch
    {
        0 => 0,
        1 => left,
        2 => up,
        3 => (left + up) / 2,
        _ => Paeth(left, up, corner),
    };

    /// <summary>
    /// Whichever of the three neighbours lies nearest to left + up - corner; ties go left, then up.
    /// </summary>
    private static int Paeth(int left, int up, int corner)
    {
        var toLeft = Math.Abs(up - corner);
        var toUp = Math.Abs(left - corner);
        var toCorner = Math.Abs(left + up - (2 * corner));
        if (toLeft <= toUp && toLeft <= toCorner)
            return left;
        return toUp <= toCorner ? up : corner;
    }
}
