using System.Text;

namespace Atelier.Data.Decoding;

/// <summary>Tells what a file is by its first bytes.</summary>
public static class ImageSniffer
{
    /// <summary>The bytes that are enough for an answer.</summary>
    public const int PrefixBytes = 32;

    private static readonly (byte[] Magic, int Offset, string Name)[] Others =
    [
        ("GIF8"u8.ToArray(), 0, "a GIF image"),
        ("BM"u8.ToArray(), 0, "a BMP image"),
        ([0x49, 0x49, 0x2A, 0x00], 0, "a TIFF image"),
        ([0x4D, 0x4D, 0x00, 0x2A], 0, "a TIFF image"),
        ("ftypavif"u8.ToArray(), 4, "an AVIF image"),
        ("ftyphei"u8.ToArray(), 4, "a HEIC image"),
        ([0xFF, 0x0A], 0, "a JPEG XL image"),
        ([0x00, 0x00, 0x00, 0x0C, 0x4A, 0x58, 0x4C, 0x20], 0, "a JPEG XL image"),
        ([0x00, 0x00, 0x00, 0x0C, 0x6A, 0x50, 0x20, 0x20], 0, "a JPEG 2000 image"),
        ("%PDF"u8.ToArray(), 0, "a PDF document"),
        ("PK\u0003\u0004"u8.ToArray(), 0, "a zip archive"),
        ([0x1F, 0x8B], 0, "a gzip file"),
    ];

    /// <summary>The decodable format of a file, or Unknown.</summary>
    /// <param name="prefix">The first bytes of the file, <see cref="PrefixBytes"/> of them where there are so
    /// many.</param>
    public static ImageFormat Identify(ReadOnlySpan<byte> prefix)
    {
        if (prefix.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
            return ImageFormat.Png;
        if (prefix.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return ImageFormat.Jpeg;
        if (prefix.Length >= 12 && prefix.StartsWith("RIFF"u8) && prefix[8..].StartsWith("WEBP"u8))
            return ImageFormat.Webp;
        return ImageFormat.Unknown;
    }

    /// <summary>
    /// Why a file of Unknown format is no use, as one line: "not an image (starts with text)".
    /// </summary>
    public static string Refusal(ReadOnlySpan<byte> prefix)
    {
        if (prefix.IsEmpty)
            return "the file is empty";
        foreach (var (magic, offset, name) in Others)
        {
            if (prefix.Length >= offset + magic.Length && prefix[offset..].StartsWith(magic))
                return $"{name}, which is not read here; PNG, JPEG and WebP are";
        }

        var head = Encoding.Latin1.GetString(prefix).TrimStart();
        if (head.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase)
            || head.StartsWith("<html", StringComparison.OrdinalIgnoreCase))
            return "not an image (starts as a web page, perhaps a failed download)";
        if (IsText(prefix))
            return "not an image (starts with text)";
        if (prefix.IndexOfAnyExcept((byte)0) < 0)
            return "not an image (starts with zeros, perhaps an unfinished download)";
        var start = Convert.ToHexString(prefix[..Math.Min(4, prefix.Length)]);
        return $"not a PNG, JPEG or WebP image (starts with {start})";
    }

    private static bool IsText(ReadOnlySpan<byte> prefix)
    {
        foreach (var value in prefix)
        {
            if (value is < 9 or (> 13 and < 32) or 127)
                return false;
        }

        return true;
    }
}
