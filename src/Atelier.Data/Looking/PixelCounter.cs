using Atelier.Data.Decoding;

namespace Atelier.Data;

/// <summary>
/// Counts pixels by value and by class, from many threads at once. Sums are of whole numbers, so the result
/// does not depend on the order.
/// </summary>
internal sealed class PixelCounter(int channels, int classes)
{
    private const int Values = 256;

    private readonly Lock merging = new();
    private readonly long[] histogram = new long[channels * Values];
    private readonly int[] images = new int[classes];
    private readonly long[] pixels = new long[classes];
    private readonly long[] sums = new long[classes * channels];
    private readonly Int128[] squares = new Int128[classes * channels];

    /// <summary>Images that were counted.</summary>
    public int Images => images.Sum();

    /// <summary>Counts an image.</summary>
    public void Add(RasterImage image, int label)
    {
        var own = new int[channels * Values];
        for (var i = 0; i < image.Pixels.Length; i += channels)
            for (var channel = 0; channel < channels; channel++)
                own[(channel * Values) + image.Pixels[i + channel]]++;
        lock (merging)
        {
            images[label]++;
            pixels[label] += image.Pixels.Length / channels;
            for (var i = 0; i < own.Length; i++)
            {
                var (channel, value) = (i / Values, i % Values);
                histogram[i] += own[i];
                sums[(label * channels) + channel] += (long)own[i] * value;
                squares[(label * channels) + channel] += (long)own[i] * value * value;
            }
        }
    }

    /// <summary>One channel over all classes.</summary>
    public ChannelHistogram Channel(int channel, string name)
    {
        var counts = histogram.AsSpan(channel * Values, Values).ToArray();
        Int128 sum = 0, square = 0;
        for (var label = 0; label < classes; label++)
        {
            sum += sums[(label * channels) + channel];
            square += squares[(label * channels) + channel];
        }

        var (mean, deviation) = Moments(sum, square, counts.Sum());
        return new ChannelHistogram(name, mean, deviation, Array.FindIndex(counts, count => count > 0),
            Array.FindLastIndex(counts, count => count > 0), counts);
    }

    /// <summary>One class.</summary>
    public ClassStatistics Class(int label, string name)
    {
        var moments = images[label] == 0 ? [] : Enumerable.Range(label * channels, channels)
            .Select(i => Moments(sums[i], squares[i], pixels[label])).ToList();
        return new ClassStatistics(label, name, images[label], [.. moments.Select(item => item.Mean)],
            [.. moments.Select(item => item.Deviation)]);
    }

    private static (double Mean, double Deviation) Moments(Int128 sum, Int128 square, long count)
    {
        // n * sum of squares - (sum)^2 is exact in 128 bits up to 10^15 pixels.
        var variance = (double)((square * count) - (sum * sum)) / ((double)count * count);
        return ((double)sum / count, Math.Sqrt(Math.Max(0, variance)));
    }
}
