namespace Atelier.Data.Decoding;

/// <summary>A decoded image: uint8, row by row, channels interleaved [H, W, C].</summary>
public sealed class RasterImage
{
    /// <summary>Wraps pixels without copying them.</summary>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha.</param>
    /// <param name="pixels">width * height * channels bytes.</param>
    /// <exception cref="ArgumentException">The pixels do not fit the shape.</exception>
    public RasterImage(int width, int height, int channels, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        if (width < 1 || height < 1 || channels is < 1 or > 4
            || pixels.LongLength != (long)width * height * channels)
            throw new ArgumentException(
                $"{pixels.Length} bytes do not make {width}x{height}x{channels} pixels.");
        (Width, Height, Channels, Pixels) = (width, height, channels, pixels);
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha.</summary>
    public int Channels { get; }

    /// <summary>The bytes, [H, W, C].</summary>
    public byte[] Pixels { get; }

    /// <summary>True when the last channel is alpha.</summary>
    public bool HasAlpha => Channels is 2 or 4;
}
