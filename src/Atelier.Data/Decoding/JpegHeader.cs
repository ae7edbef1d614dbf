using System.Buffers.Binary;
using System.Globalization;

namespace Atelier.Data.Decoding;

/// <summary>
/// What the markers of a JPEG before its first scan say (ITU T.81, annex B). Managed code, so that limits are
/// checked before the library sees a byte.
/// </summary>
/// <param name="Width">Pixels in a row, as stored.</param>
/// <param name="Height">Rows, as stored.</param>
/// <param name="Components">1 grey, 3 colour, 4 print colours.</param>
/// <param name="Progressive">Whether each scan brings a part of every pixel.</param>
/// <param name="Orientation">See <see cref="ExifOrientation"/>.</param>
/// <param name="FrameEnd">Where the frame header ends in the file.</param>
internal readonly record struct JpegHeader(
    int Width, int Height, int Components, bool Progressive, int Orientation, int FrameEnd)
{
    private const int App1 = 0xE1;
    private const int StartOfScan = 0xDA;
    private const int EndOfImage = 0xD9;

    /// <summary>libjpeg-turbo's own bound is 500 scans, whatever the size.</summary>
    private const int MaxScans = 500;

    /// <summary>
    /// Each scan goes through the whole image, however few bytes it has, so a small file could keep a
    /// processor busy for minutes. Encoders write about ten scans; the largest image may have 24.
    /// </summary>
    private const long MaxScannedPixels = 1L << 32;

    /// <returns>False when <paramref name="data"/> ends before the frame header does.</returns>
    /// <exception cref="BadImageException">A kind of JPEG that is not read, or a broken one.</exception>
    public static bool TryRead(ReadOnlySpan<byte> data, out JpegHeader header)
    {
        header = default;
        var orientation = ExifOrientation.Upright;
        for (var position = 2; position < data.Length;)
        {
            // Anything between two segments is passed over here; the decoder has the last word on it.
            if (data[position] != 0xFF || position + 1 == data.Length || data[position + 1] is 0xFF or 0)
            {
                position++;
                continue;
            }

            var marker = data[position + 1];
            position += 2;
            if (marker is 0x01 or (>= 0xD0 and <= 0xD8))
                continue;
            if (marker is EndOfImage or StartOfScan)
                throw new BadImageException("a broken JPEG: it has no frame header (SOF)");
            if (position + 2 > data.Length)
                return false;
            var length = BinaryPrimitives.ReadUInt16BigEndian(data[position..]);
            if (length < 2)
                throw new BadImageException("a broken JPEG: a segment of impossible length");
            var end = position + length;
            if (end > data.Length)
                return false;
            var segment = data[(position + 2)..end];
            if (marker == App1 && orientation == ExifOrientation.Upright
                && segment.StartsWith(ExifOrientation.Prefix))
                orientation = ExifOrientation.Read(segment);
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                header = OfFrame(marker, segment, orientation, end);
                return true;
            }

            position = end;
        }

        return false;
    }

    /// <summary>Refuses a progressive file that would take very long.</summary>
    /// <exception cref="BadImageException">Too many scans.</exception>
    public void CheckScans(ReadOnlySpan<byte> data)
    {
        if (!Progressive)
            return;
        var most = Math.Min(MaxScans, MaxScannedPixels / ((long)Width * Height));
        var scans = 0L;
        for (var rest = data[FrameEnd..];
            rest.IndexOf((byte)0xFF) is >= 0 and var at && at + 1 < rest.Length;)
        {
            if (rest[at + 1] == StartOfScan)
                scans++;
            rest = rest[(at + 1)..];
        }

        if (scans > most)
        {
            throw new BadImageException(string.Create(CultureInfo.InvariantCulture,
                $"a progressive JPEG of {scans} scans; at {Width}x{Height} pixels it may have {most}"));
        }
    }

    private static JpegHeader OfFrame(int marker, ReadOnlySpan<byte> frame, int orientation, int end)
    {
        if (marker is not (0xC0 or 0xC1 or 0xC2 or 0xC9 or 0xCA))
        {
            throw new BadImageException(marker is 0xC3 or 0xCB
                ? "a lossless JPEG, which is not read here; convert it, for example to PNG"
                : "a hierarchical JPEG, which is not read here; convert it, for example to PNG");
        }

        if (frame.Length < 6)
            throw new BadImageException("a broken JPEG: its frame header (SOF) is too short");
        if (frame[0] != 8)
        {
            throw new BadImageException(string.Create(CultureInfo.InvariantCulture,
                $"a {frame[0]}-bit JPEG, and only those of 8 bits are read; convert it, for example to PNG"));
        }

        var (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(frame[1..]),
            BinaryPrimitives.ReadUInt16BigEndian(frame[3..]));
        ImageLimits.Check(width, height);
        var components = frame[5];
        if (components is not (1 or 3 or 4))
        {
            throw new BadImageException(string.Create(CultureInfo.InvariantCulture,
                $"a JPEG of {components} components; 1 (grey), 3 (colour) and 4 (CMYK) are read"));
        }

        return new JpegHeader(width, height, components, marker is 0xC2 or 0xCA, orientation, end);
    }
}
