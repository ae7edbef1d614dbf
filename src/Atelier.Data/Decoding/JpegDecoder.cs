using System.Runtime.InteropServices;

namespace Atelier.Data.Decoding;

/// <summary>
/// JPEG by libturbojpeg with the slow integer DCT and smooth chroma upsampling, as Pillow decodes. Any
/// warning is an error, since a truncated file would otherwise come out half grey. The picture is turned
/// upright by its EXIF orientation. CMYK and YCCK are taken as Adobe stores them, inverted, and become RGB by
/// Pillow's formula; ICC profiles are not applied.
/// </summary>
internal static unsafe class JpegDecoder
{
    private const int Flags = NativeTurboJpeg.StopOnWarning | NativeTurboJpeg.LimitScans;
    private const int PrintComponents = 4;

    /// <returns>False when the header cannot be read, perhaps because <paramref name="data"/> is only a
    /// prefix.</returns>
    public static bool TryReadHeader(ReadOnlySpan<byte> data, out ImageHeader header)
    {
        header = default;
        if (!JpegHeader.TryRead(data, out var jpeg))
            return false;
        header = new ImageHeader(ImageFormat.Jpeg, jpeg.Width, jpeg.Height, jpeg.Components == 1 ? 1 : 3,
            false, 8);
        return true;
    }

    public static RasterImage Decode(ReadOnlySpan<byte> data)
    {
        _ = JpegHeader.TryRead(data, out var header);
        header.CheckScans(data);
        // A handle keeps the tables of the image before, and a file without tables of its own would come out
        // by those of another: one handle an image.
        var handle = NativeTurboJpeg.InitDecompress();
        if (handle == 0)
        {
            throw new AtelierException(FailureKind.OutOfMemory,
                "libturbojpeg could not allocate a decoder.");
        }

        try
        {
            fixed (byte* source = data)
            {
                CheckSize(handle, source, data.Length, header);
                var image = header.Components == PrintComponents
                    ? DecodePrint(handle, source, data.Length, header)
                    : DecodeScreen(handle, source, data.Length, header);
                return ExifOrientation.Apply(image, header.Orientation);
            }
        }
        finally
        {
            _ = NativeTurboJpeg.Destroy(handle);
        }
    }

    private static RasterImage DecodeScreen(nint handle, byte* source, int length, JpegHeader header)
    {
        var channels = header.Components;
        var pixels = GC.AllocateUninitializedArray<byte>(checked(header.Width * header.Height * channels));
        fixed (byte* target = pixels)
        {
            Decompress(handle, source, length, target, header,
                channels == 1 ? NativeTurboJpeg.PixelGrey : NativeTurboJpeg.PixelRgb);
        }

        return new RasterImage(header.Width, header.Height, channels, pixels);
    }

    private static RasterImage DecodePrint(nint handle, byte* source, int length, JpegHeader header)
    {
        var count = header.Width * header.Height;
        // Outside of the managed heap, so that it is gone before anything else is made of the picture.
        var inks = (byte*)NativeMemory.Alloc((nuint)count, PrintComponents);
        try
        {
            Decompress(handle, source, length, inks, header, NativeTurboJpeg.PixelCmyk);
            var pixels = GC.AllocateUninitializedArray<byte>(checked(count * 3));
            for (int i = 0, to = 0; i < count; i++)
            {
                // What is stored is 255 - ink, so a colour is the product of two lights.
                var ink = inks + (4L * i);
                for (var channel = 0; channel < 3; channel++)
                    pixels[to++] = (byte)(((ink[channel] * ink[3]) + 127) / 255);
            }

            return new RasterImage(header.Width, header.Height, 3, pixels);
        }
        finally
        {
            NativeMemory.Free(inks);
        }
    }

    private static void Decompress(nint handle, byte* source, int length, byte* target, JpegHeader header,
        int format)
    {
        var channels = format == NativeTurboJpeg.PixelCmyk ? PrintComponents : header.Components;
        if (NativeTurboJpeg.Decompress(handle, source, (nuint)length, target, header.Width,
            header.Width * channels, header.Height, format, Flags) != 0)
            throw new BadImageException(Describe(ErrorText(handle)));
    }

    /// <summary>The library must see the size that was allocated, or a part of it would stay
    /// unwritten.</summary>
    private static void CheckSize(nint handle, byte* source, int length, JpegHeader header)
    {
        int width = 0, height = 0, subsampling = -1, colour = -1;
        var status = NativeTurboJpeg.DecompressHeader(handle, source, (nuint)length, &width, &height,
            &subsampling, &colour);
        // An odd chroma subsampling is an error here, yet the size is told and it decodes all the same. A
        // file without a scan is no error here, yet nothing is told.
        if (width < 1 || height < 1)
            throw new BadImageException(Describe(status == 0 ? "Premature end of JPEG file"
                : ErrorText(handle)));
        if (width != header.Width || height != header.Height)
            throw new BadImageException("a broken JPEG: the header and the decoder disagree about its size");
    }

    private static string Describe(string error)
        => error.Contains("Premature end", StringComparison.Ordinal) || error.Contains("Unexpected end",
            StringComparison.Ordinal)
            ? ImageReader.TruncatedJpeg
            : $"a broken JPEG: {error}";

    private static string ErrorText(nint handle)
        => Marshal.PtrToStringUTF8(NativeTurboJpeg.ErrorText(handle)) ?? "unknown error";
}
