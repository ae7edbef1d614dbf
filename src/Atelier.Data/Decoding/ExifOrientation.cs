using System.Buffers.Binary;

namespace Atelier.Data.Decoding;

/// <summary>
/// How a camera was held: tag 0x0112 of Exif 2.32, 4.6.4. Value 1 is upright, the others are the mirrorings
/// and quarter turns that make the stored picture upright.
/// </summary>
internal static class ExifOrientation
{
    public const int Upright = 1;

    private const int Tag = 0x0112;
    private const int ShortType = 3;
    private const int TiffHeaderBytes = 8;
    private const int EntryBytes = 12;

    /// <summary>The "Exif\0\0" that stands before the TIFF data in a JPEG.</summary>
    public static ReadOnlySpan<byte> Prefix => "Exif\0\0"u8;

    /// <summary>
    /// The orientation in a block of TIFF data, with or without <see cref="Prefix"/>; upright when the block
    /// is damaged or says nothing, since the picture itself is not at fault then.
    /// </summary>
    public static int Read(ReadOnlySpan<byte> block)
    {
        if (block.StartsWith(Prefix))
            block = block[Prefix.Length..];
        if (block.Length < TiffHeaderBytes || !(block.StartsWith("II*\0"u8) || block.StartsWith("MM\0*"u8)))
            return Upright;
        var little = block[0] == (byte)'I';
        var folder = little ? BinaryPrimitives.ReadUInt32LittleEndian(block[4..])
            : BinaryPrimitives.ReadUInt32BigEndian(block[4..]);
        if (folder > block.Length - 2)
            return Upright;
        var entries = block[(int)folder..];
        var count = Short(entries, little);
        entries = entries[2..];
        for (; count > 0 && entries.Length >= EntryBytes; count--, entries = entries[EntryBytes..])
        {
            if (Short(entries, little) == Tag && Short(entries[2..], little) == ShortType)
                return Short(entries[8..], little) is >= 1 and <= 8 and var value ? value : Upright;
        }

        return Upright;
    }

    /// <summary>Makes a stored picture upright.</summary>
    /// <returns>A new image, its sides exchanged for values of 5 and more; the same object for 1.</returns>
    public static RasterImage Apply(RasterImage image, int orientation)
    {
        if (orientation == Upright)
            return image;
        var (width, height, channels) = (image.Width, image.Height, image.Channels);
        var last = height * width - 1;
        // Where the first pixel of the result lies in the source, and how far it is to the next in its row
        // and to the one below.
        var (start, right, down) = orientation switch
        {
            2 => (width - 1, -1, width),
            3 => (last, -1, -width),
            4 => (last - width + 1, 1, -width),
            5 => (0, width, 1),
            6 => (last - width + 1, -width, 1),
            7 => (last, -width, -1),
            8 => (width - 1, width, -1),
            _ => throw new ArgumentOutOfRangeException(nameof(orientation)),
        };
        if (orientation >= 5)
            (width, height) = (height, width);
        var pixels = GC.AllocateUninitializedArray<byte>(image.Pixels.Length);
        for (int y = 0, to = 0; y < height; y++)
        {
            var from = start + (y * down);
            for (var x = 0; x < width; x++, from += right)
            {
                for (var channel = 0; channel < channels; channel++)
                    pixels[to++] = image.Pixels[(from * channels) + channel];
            }
        }

        return new RasterImage(width, height, channels, pixels);
    }

    private static int Short(ReadOnlySpan<byte> bytes, bool little)
        => little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes)
            : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
