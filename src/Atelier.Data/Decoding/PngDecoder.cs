using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Atelier.Data.Decoding;

/// <summary>
/// PNG by libspng: grey, palette and colour of 1 to 16 bits, with or without transparency, interlaced or not.
/// The header walk is managed code, so that limits are checked before the library sees a byte.
/// </summary>
internal static unsafe class PngDecoder
{
    private const string TruncatedReason = "a truncated PNG: the file ends before the image does";
    private const int SignatureBytes = 8;
    private const int ChunkOverhead = 12;
    private const int MaxChunksBeforePixels = 100_000;

    /// <summary>libspng says this when the data ends inside a chunk.</summary>
    private const int EndOfFile = -1;

    /// <summary>What texts and profiles may take, compressed ones once they are large again.</summary>
    private const nuint MaxChunkBytes = 8u << 20;
    private const nuint MaxChunkCacheBytes = 8u << 20;

    /// <returns>False when <paramref name="data"/> ends before the pixels begin.</returns>
    public static bool TryReadHeader(ReadOnlySpan<byte> data, out ImageHeader header)
    {
        header = default;
        var ihdr = data[Math.Min(SignatureBytes, data.Length)..];
        if (ihdr.Length < ChunkOverhead + 13)
            return false;
        if (!ihdr[4..8].SequenceEqual("IHDR"u8) || BinaryPrimitives.ReadUInt32BigEndian(ihdr) != 13)
            throw new BadImageException("a broken PNG: the first chunk is not a header (IHDR)");
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(ihdr[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(ihdr[12..]));
        ImageLimits.Check(width, height);
        var (depth, colour) = (ihdr[16], ihdr[17]);
        if (!IsAllowed(depth, colour))
            throw new BadImageException($"a broken PNG: bit depth {depth} with colour type {colour}");

        if (!TryWalk(data, out var transparent, out _))
            return false;
        header = new ImageHeader(ImageFormat.Png, (int)width, (int)height, colour is 0 or 4 ? 1 : 3,
            colour is 4 or 6 || transparent, depth);
        return true;
    }

    public static RasterImage Decode(ReadOnlySpan<byte> data, ImageHeader header)
    {
        CheckComplete(data);
        _ = TryWalk(data, out _, out var orientation);
        var channels = header.HasAlpha ? 4 : header.Channels;
        var samples = checked(header.Width * header.Height * channels);
        var pixels = GC.AllocateUninitializedArray<byte>(samples);
        if (header.BitDepth == 16)
        {
            DecodeWide(data, header.HasAlpha, pixels);
        }
        else
        {
            var format = header.HasAlpha ? NativeSpng.FormatRgba8
                : header.Channels == 1 ? NativeSpng.FormatG8 : NativeSpng.FormatRgb8;
            fixed (byte* target = pixels)
                DecodeInto(data, format, target, (nuint)samples);
        }

        var image = header is { HasAlpha: true, Channels: 1 }
            ? new RasterImage(header.Width, header.Height, 2, DropTwoChannels(pixels))
            : new RasterImage(header.Width, header.Height, channels, pixels);
        return ExifOrientation.Apply(image, orientation);
    }

    /// <summary>Samples of 16 bits become the nearest of 8: 65535 is 257 times 255.</summary>
    private static void DecodeWide(ReadOnlySpan<byte> data, bool hasAlpha, byte[] pixels)
    {
        // Outside of the managed heap, so that it is gone before anything else is made of the picture.
        var wide = (ushort*)NativeMemory.Alloc((nuint)pixels.Length, sizeof(ushort));
        try
        {
            DecodeInto(data, hasAlpha ? NativeSpng.FormatRgba16 : NativeSpng.FormatPng, (byte*)wide,
                (nuint)pixels.Length * sizeof(ushort));
            for (var i = 0; i < pixels.Length; i++)
                pixels[i] = (byte)((wide[i] + 128) / 257);
        }
        finally
        {
            NativeMemory.Free(wide);
        }
    }

    private static void DecodeInto(ReadOnlySpan<byte> data, int format, byte* target, nuint length)
    {
        var context = NativeSpng.ContextNew(0);
        if (context == 0)
            throw new AtelierException(FailureKind.OutOfMemory, "libspng could not allocate a decoder.");
        try
        {
            fixed (byte* source = data)
            {
                Check(NativeSpng.SetImageLimits(context, ImageLimits.MaxSide, ImageLimits.MaxSide));
                Check(NativeSpng.SetChunkLimits(context, MaxChunkBytes, MaxChunkCacheBytes));
                Check(NativeSpng.SetBuffer(context, source, (nuint)data.Length));
                nuint expected = 0;
                Check(NativeSpng.DecodedSize(context, format, &expected));
                if (expected != length)
                    throw new BadImageException(
                        "a broken PNG: the header and the decoder disagree about its size");
                Check(NativeSpng.DecodeImage(context, target, length, format, NativeSpng.DecodeTransparency));
                // Reads on to IEND, so that a broken chunk after the pixels is found as well.
                Check(NativeSpng.DecodeChunks(context));
            }
        }
        finally
        {
            NativeSpng.ContextFree(context);
        }
    }

    /// <summary>The fifteen combinations of the PNG specification, table 11.1.</summary>
    private static bool IsAllowed(int depth, int colour) => colour switch
    {
        0 => depth is 1 or 2 or 4 or 8 or 16,
        3 => depth is 1 or 2 or 4 or 8,
        2 or 4 or 6 => depth is 8 or 16,
        _ => false,
    };

    /// <summary>Looks at the chunks before the pixels.</summary>
    private static bool TryWalk(ReadOnlySpan<byte> data, out bool transparent, out int orientation)
    {
        (transparent, orientation) = (false, ExifOrientation.Upright);
        var position = (long)SignatureBytes;
        for (var chunk = 0; chunk < MaxChunksBeforePixels; chunk++)
        {
            if (position + 8 > data.Length)
                return false;
            var type = data.Slice((int)position + 4, 4);
            if (type.SequenceEqual("IDAT"u8) || type.SequenceEqual("IEND"u8))
                return true;
            if (type.SequenceEqual("acTL"u8))
                throw new BadImageException("an animated PNG; save the frame you want as a still image");
            transparent |= type.SequenceEqual("tRNS"u8);
            var length = BinaryPrimitives.ReadUInt32BigEndian(data[(int)position..]);
            if (type.SequenceEqual("eXIf"u8) && position + 8 + length <= data.Length)
                orientation = ExifOrientation.Read(data.Slice((int)position + 8, (int)length));
            position += ChunkOverhead + (long)length;
        }

        throw new BadImageException("a broken PNG: too many chunks before the pixels");
    }

    /// <summary>
    /// libspng is content when it has all pixels; a file that was cut after them is still not what was saved.
    /// </summary>
    private static void CheckComplete(ReadOnlySpan<byte> data)
    {
        for (var position = (long)SignatureBytes; position + ChunkOverhead <= data.Length;)
        {
            if (data.Slice((int)position + 4, 4).SequenceEqual("IEND"u8))
                return;
            position += ChunkOverhead + (long)BinaryPrimitives.ReadUInt32BigEndian(data[(int)position..]);
        }

        throw new BadImageException(TruncatedReason);
    }

    private static byte[] DropTwoChannels(byte[] rgba)
    {
        var result = GC.AllocateUninitializedArray<byte>(rgba.Length / 2);
        for (int from = 0, to = 0; to < result.Length; from += 4, to += 2)
            (result[to], result[to + 1]) = (rgba[from], rgba[from + 3]);
        return result;
    }

    private static void Check(int status)
    {
        if (status == 0)
            return;
        if (status == EndOfFile)
            throw new BadImageException(TruncatedReason);
        var text = Marshal.PtrToStringUTF8(NativeSpng.ErrorText(status));
        throw new BadImageException(string.Create(CultureInfo.InvariantCulture, $"a broken PNG: {text}"));
    }
}
