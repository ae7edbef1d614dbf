using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Atelier.Data.Decoding;

/// <summary>
/// PNG by libspng: grey, palette and colour of 1 to 8 bits, with or without transparency, interlaced or not.
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

    private const nuint MaxChunkBytes = 64u << 20;
    private const nuint MaxChunkCacheBytes = 128u << 20;

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
        if (depth is not (1 or 2 or 4 or 8 or 16) || colour is not (0 or 2 or 3 or 4 or 6))
            throw new BadImageException($"a broken PNG: bit depth {depth} with colour type {colour}");

        if (!TryFindTransparency(data, out var transparent))
            return false;
        header = new ImageHeader(ImageFormat.Png, (int)width, (int)height, colour is 0 or 4 ? 1 : 3,
            colour is 4 or 6 || transparent, depth);
        return true;
    }

    public static RasterImage Decode(ReadOnlySpan<byte> data, ImageHeader header)
    {
        if (header.BitDepth == 16)
            throw new BadImageException(ImagePolicy.SixteenBitReason);
        CheckComplete(data);
        var format = header.HasAlpha ? NativeSpng.FormatRgba8
            : header.Channels == 1 ? NativeSpng.FormatG8 : NativeSpng.FormatRgb8;
        var channels = header.HasAlpha ? 4 : header.Channels;
        var length = (nuint)header.Width * (nuint)header.Height * (nuint)channels;
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
                var pixels = GC.AllocateUninitializedArray<byte>(checked((int)length));
                fixed (byte* target = pixels)
                    Check(NativeSpng.DecodeImage(context, target, length, format,
                        NativeSpng.DecodeTransparency));
                // Reads on to IEND, so that a broken chunk after the pixels is found as well.
                Check(NativeSpng.DecodeChunks(context));
                return header is { HasAlpha: true, Channels: 1 }
                    ? new RasterImage(header.Width, header.Height, 2, DropTwoChannels(pixels))
                    : new RasterImage(header.Width, header.Height, channels, pixels);
            }
        }
        finally
        {
            NativeSpng.ContextFree(context);
        }
    }

    private static bool TryFindTransparency(ReadOnlySpan<byte> data, out bool transparent)
    {
        transparent = false;
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
            position += ChunkOverhead + (long)BinaryPrimitives.ReadUInt32BigEndian(data[(int)position..]);
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
