namespace Atelier.Data.Decoding;

/// <summary>
/// Reads PNG, JPEG and WebP from memory. The header is read and checked before pixels are allocated.
/// </summary>
public static class ImageReader
{
    /// <summary>
    /// Above this many pixels images are decoded one at a time, so that threads do not add up their memory.
    /// </summary>
    private const long LargeImagePixels = 1L << 24;

    internal const string TruncatedJpeg = "a truncated JPEG: the file ends before the image does";

    private static readonly Lock LargeImages = new();

    /// <summary>Reads the header of a whole file.</summary>
    /// <exception cref="BadImageException">Not an image, broken, animated, of a kind that is not read, or
    /// beyond <see cref="ImageLimits"/>.</exception>
    /// <exception cref="AtelierException">Kind Preflight: the decoder's library is not installed.</exception>
    public static ImageHeader ReadHeader(ReadOnlySpan<byte> file)
        => TryReadHeader(file, out var header, out var reason) ? header : throw new BadImageException(reason);

    /// <summary>Reads the header from the first bytes of a file.</summary>
    /// <param name="prefix">The first bytes, at least <see cref="ImageSniffer.PrefixBytes"/> where there are
    /// so many.</param>
    /// <param name="header">The header, when true is returned.</param>
    /// <param name="reason">Why it is not there, when false is returned: with more bytes it may be.</param>
    /// <returns>False when the prefix is too short, or the file truncated.</returns>
    /// <exception cref="BadImageException">As <see cref="ReadHeader"/>, where more bytes would not
    /// help.</exception>
    public static bool TryReadHeader(ReadOnlySpan<byte> prefix, out ImageHeader header, out string reason)
    {
        try
        {
            switch (ImageSniffer.Identify(prefix))
            {
                case ImageFormat.Png:
                    reason = "a truncated PNG: the file ends inside its header";
                    return PngDecoder.TryReadHeader(prefix, out header);
                case ImageFormat.Webp:
                    reason = "a truncated WebP: the file ends inside its header";
                    return WebpDecoder.TryReadHeader(prefix, out header);
                case ImageFormat.Jpeg:
                    reason = TruncatedJpeg;
                    return JpegDecoder.TryReadHeader(prefix, out header);
                default:
                    throw new BadImageException(
                        ImageSniffer.Refusal(prefix[..Math.Min(prefix.Length, ImageSniffer.PrefixBytes)]));
            }
        }
        catch (DllNotFoundException exception)
        {
            throw MissingLibrary(exception);
        }
    }

    /// <summary>Decodes a whole file into uint8 pixels [H, W, C], upright by its EXIF orientation.</summary>
    /// <returns>1 or 3 channels, or 2 or 4 where there is alpha; samples of 1, 2 and 4 bits are widened to 8,
    /// those of 16 rounded.</returns>
    /// <exception cref="BadImageException">As <see cref="ReadHeader"/>; also truncated or corrupt
    /// pixels.</exception>
    /// <exception cref="AtelierException">Kind Preflight: the decoder's library is not installed.</exception>
    public static RasterImage Decode(ReadOnlySpan<byte> file)
    {
        var header = ReadHeader(file);
        if ((long)header.Width * header.Height <= LargeImagePixels)
            return Decode(file, header);
        lock (LargeImages)
            return Decode(file, header);
    }

    private static RasterImage Decode(ReadOnlySpan<byte> file, ImageHeader header) => header.Format switch
    {
        ImageFormat.Png => PngDecoder.Decode(file, header),
        ImageFormat.Jpeg => JpegDecoder.Decode(file),
        _ => WebpDecoder.Decode(file, header),
    };

    private static AtelierException MissingLibrary(DllNotFoundException exception)
        => new(FailureKind.Preflight, "An image decoder is not installed. Run 'apt-get install libspng0 "
            + $"libturbojpeg0 libwebp7' and try again. ({exception.Message.Split('\n')[0]})", exception);
}
