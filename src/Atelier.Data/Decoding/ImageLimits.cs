using System.Globalization;

namespace Atelier.Data.Decoding;

/// <summary>
/// How large an image may say that it is; checked on its header, before anything is allocated.
/// </summary>
public static class ImageLimits
{
    /// <summary>The longest side in pixels; JPEG cannot hold more.</summary>
    public const int MaxSide = 65_535;

    /// <summary>The most pixels, the bound at which Pillow speaks of a decompression bomb.</summary>
    public const long MaxPixels = 178_956_970;

    /// <summary>The largest file that is read, in bytes.</summary>
    public const long MaxFileBytes = 1L << 30;

    /// <exception cref="BadImageException">A side is below 1 or above the limit, or there are too many
    /// pixels.</exception>
    internal static void Check(long width, long height)
    {
        if (width < 1 || height < 1)
            throw new BadImageException(Text($"its header says {width}x{height} pixels"));
        if (width > MaxSide || height > MaxSide)
            throw new BadImageException(
                Text($"its header says {width}x{height} pixels; a side may have {MaxSide}"));
        if (width * height > MaxPixels)
        {
            throw new BadImageException(Text(
                $"its header says {width}x{height} = {width * height} pixels; the limit is {MaxPixels}"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
