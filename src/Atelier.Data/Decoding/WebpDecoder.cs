using System.Buffers.Binary;
using System.Globalization;

namespace Atelier.Data.Decoding;

/// <summary>WebP by libwebp, lossy and lossless; animations are refused.</summary>
internal static unsafe class WebpDecoder
{
    private const int RiffHeaderBytes = 8;
    private const int ChunkHeaderBytes = 8;
    private const int StatusNotEnoughData = 7;

    /// <returns>False when <paramref name="data"/> is too short to tell.</returns>
    public static bool TryReadHeader(ReadOnlySpan<byte> data, out ImageHeader header)
    {
        header = default;
        NativeWebp.Features features;
        int status;
        fixed (byte* source = data)
            status = NativeWebp.GetFeatures(source, (nuint)data.Length, &features, NativeWebp.AbiVersion);
        if (status == StatusNotEnoughData)
            return false;
        if (status != 0)
            throw new BadImageException($"a broken WebP: {StatusText(status)}");
        if (features.HasAnimation != 0)
            throw new BadImageException("an animated WebP; save the frame you want as a still image");
        ImageLimits.Check(features.Width, features.Height);
        header = new ImageHeader(ImageFormat.Webp, features.Width, features.Height, 3, features.HasAlpha != 0,
            8);
        return true;
    }

    public static RasterImage Decode(ReadOnlySpan<byte> data, ImageHeader header)
    {
        var declared = BinaryPrimitives.ReadUInt32LittleEndian(data[4..]) + (long)RiffHeaderBytes;
        if (declared > data.Length)
        {
            throw new BadImageException(string.Create(CultureInfo.InvariantCulture,
                $"a truncated WebP: it has {data.Length} bytes of {declared}"));
        }

        var channels = header.HasAlpha ? 4 : 3;
        var stride = checked(header.Width * channels);
        var pixels = GC.AllocateUninitializedArray<byte>(checked(stride * header.Height));
        byte* result;
        fixed (byte* source = data)
        fixed (byte* target = pixels)
        {
            result = header.HasAlpha
                ? NativeWebp.DecodeRgba(source, (nuint)data.Length, target, (nuint)pixels.Length, stride)
                : NativeWebp.DecodeRgb(source, (nuint)data.Length, target, (nuint)pixels.Length, stride);
        }

        return result != null
            ? ExifOrientation.Apply(new RasterImage(header.Width, header.Height, channels, pixels),
                Orientation(data))
            : throw new BadImageException("a broken WebP: its pixels do not decode");
    }

    /// <summary>The EXIF chunk of the RIFF container stands after the pixels.</summary>
    private static int Orientation(ReadOnlySpan<byte> data)
    {
        for (var position = RiffHeaderBytes + 4L; position + ChunkHeaderBytes <= data.Length;)
        {
            var chunk = data[(int)position..];
            var length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk.StartsWith("EXIF"u8) && length <= chunk.Length - ChunkHeaderBytes)
                return ExifOrientation.Read(chunk.Slice(ChunkHeaderBytes, (int)length));
            position += ChunkHeaderBytes + (long)length + (length % 2);
        }

        return ExifOrientation.Upright;
    }

    private static string StatusText(int status) => status switch
    {
        1 => "out of memory",
        3 => "the bitstream is invalid",
        4 => "it uses a feature that libwebp does not know",
        _ => string.Create(CultureInfo.InvariantCulture, $"libwebp status {status}"),
    };
}
