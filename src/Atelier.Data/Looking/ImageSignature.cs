using System.Buffers.Binary;
using System.Security.Cryptography;
using Atelier.Data.Decoding;

namespace Atelier.Data;

/// <summary>What is kept of an image to find its duplicates.</summary>
internal sealed class ImageSignature
{
    private readonly byte[] thumbnail;
    private readonly float mean;
    private readonly float deviation;
    private readonly (float Red, float Green, float Blue) colour;

    private ImageSignature(RasterImage image)
    {
        Exact = HashOf(image);
        var grey = PerceptualHash.GreyOf(image);
        Perceptual = PerceptualHash.Of(grey);
        thumbnail = PerceptualHash.Thumbnail(grey);
        (mean, deviation) = MomentsOf(thumbnail);
        colour = ColourOf(image);
        Range = image.Pixels.Max() - image.Pixels.Min();
    }

    /// <summary>The first 16 bytes of SHA-256 over size and pixels.</summary>
    public UInt128 Exact { get; }

    /// <summary><see cref="PerceptualHash"/>.</summary>
    public ulong Perceptual { get; }

    /// <summary>The largest value of the image less the smallest, over all channels.</summary>
    public int Range { get; }

    /// <summary>Looks at an image.</summary>
    public static ImageSignature Of(RasterImage image) => new(image);

    /// <summary>
    /// True when two images look alike: their small versions correlate nearly perfectly, and brightness,
    /// contrast and the mean colour agree. What the hash suggests is confirmed by this.
    /// </summary>
    public bool LooksLike(ImageSignature other)
    {
        const float leastCorrelation = 0.99f;
        const float mostShift = 16;
        const float mostContrast = 1.25f;
        if (Math.Abs(mean - other.mean) > mostShift
            || Math.Abs(colour.Red - other.colour.Red) > mostShift
            || Math.Abs(colour.Green - other.colour.Green) > mostShift
            || Math.Abs(colour.Blue - other.colour.Blue) > mostShift
            || deviation > mostContrast * other.deviation || other.deviation > mostContrast * deviation)
            return false;
        var sum = 0L;
        for (var i = 0; i < thumbnail.Length; i++)
            sum += thumbnail[i] * other.thumbnail[i];
        var covariance = (sum / (float)thumbnail.Length) - (mean * other.mean);
        return covariance >= leastCorrelation * deviation * other.deviation;
    }

    private static UInt128 HashOf(RasterImage image)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> header = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(header, image.Width);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], image.Height);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], image.Channels);
        hash.AppendData(header);
        hash.AppendData(image.Pixels);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash.GetHashAndReset());
    }

    private static (float Mean, float Deviation) MomentsOf(byte[] values)
    {
        var (sum, squares) = (0L, 0L);
        foreach (var value in values)
        {
            sum += value;
            squares += value * value;
        }

        var mean = sum / (double)values.Length;
        var variance = (squares / (double)values.Length) - (mean * mean);
        return ((float)mean, (float)Math.Sqrt(Math.Max(0, variance)));
    }

    private static (float Red, float Green, float Blue) ColourOf(RasterImage image)
    {
        Span<long> sums = stackalloc long[3];
        var channels = image.Channels;
        for (var i = 0; i < image.Pixels.Length; i += channels)
            for (var channel = 0; channel < 3; channel++)
                sums[channel] += image.Pixels[i + (channels < 3 ? 0 : channel)];
        var count = (float)(image.Pixels.Length / channels);
        return (sums[0] / count, sums[1] / count, sums[2] / count);
    }
}
