using System.Runtime.InteropServices;

namespace Atelier.Data.Decoding;

/// <summary>
/// JPEG by libturbojpeg with the slow integer DCT and smooth chroma upsampling, as Pillow decodes. Any
/// warning is an error, since a truncated file would otherwise come out half grey; so are more than 500
/// scans.
/// </summary>
internal static unsafe class JpegDecoder
{
    private const int Flags = NativeTurboJpeg.StopOnWarning | NativeTurboJpeg.LimitScans;

    /// <returns>False when the header cannot be read, perhaps because <paramref name="data"/> is only a
    /// prefix.</returns>
    public static bool TryReadHeader(ReadOnlySpan<byte> data, out ImageHeader header, out string error)
    {
        header = default;
        var handle = Open();
        try
        {
            int width = 0, height = 0, subsampling = -1, colour = -1;
            int status;
            fixed (byte* source = data)
            {
                status = NativeTurboJpeg.DecompressHeader(handle, source, (nuint)data.Length, &width, &height,
                    &subsampling, &colour);
            }

            // An odd chroma subsampling is an error here, yet size and colours are told and it decodes all
            // the same. A file that ends before its frame header is no error here, yet nothing is told.
            error = status == 0 ? "Premature end of JPEG file" : ErrorText(handle);
            if (width < 1 || height < 1 || colour < 0)
                return false;
            ImageLimits.Check(width, height);
            if (colour is NativeTurboJpeg.ColourCmyk or NativeTurboJpeg.ColourYcck)
            {
                throw new BadImageException(
                    "a CMYK JPEG (made for print); convert it to RGB, for example with "
                    + "'mogrify -colorspace sRGB FILE'");
            }

            var channels = colour == NativeTurboJpeg.ColourGrey ? 1 : 3;
            header = new ImageHeader(ImageFormat.Jpeg, width, height, channels, false, 8);
            return true;
        }
        finally
        {
            _ = NativeTurboJpeg.Destroy(handle);
        }
    }

    public static RasterImage Decode(ReadOnlySpan<byte> data, ImageHeader header)
    {
        var handle = Open();
        try
        {
            var pixels = GC.AllocateUninitializedArray<byte>(
                checked(header.Width * header.Height * header.Channels));
            var format = header.Channels == 1 ? NativeTurboJpeg.PixelGrey : NativeTurboJpeg.PixelRgb;
            fixed (byte* source = data)
            fixed (byte* target = pixels)
            {
                if (NativeTurboJpeg.Decompress(handle, source, (nuint)data.Length, target, header.Width,
                    header.Width * header.Channels, header.Height, format, Flags) != 0)
                    throw new BadImageException(Describe(ErrorText(handle)));
            }

            return new RasterImage(header.Width, header.Height, header.Channels, pixels);
        }
        finally
        {
            _ = NativeTurboJpeg.Destroy(handle);
        }
    }

    public static string Describe(string error)
        => error.Contains("Premature end", StringComparison.Ordinal) || error.Contains("Unexpected end",
            StringComparison.Ordinal)
            ? "a truncated JPEG: the file ends before the image does"
            : $"a broken JPEG: {error}";

    private static nint Open()
    {
        var handle = NativeTurboJpeg.InitDecompress();
        return handle != 0
            ? handle
            : throw new AtelierException(FailureKind.OutOfMemory,
            "libturbojpeg could not allocate a decoder.");
    }

    private static string ErrorText(nint handle)
        => Marshal.PtrToStringUTF8(NativeTurboJpeg.ErrorText(handle)) ?? "unknown error";
}
