using System.Text;
using System.Text.Json;

namespace Atelier.Data;

/// <summary>
/// The layout of a packed dataset, all little-endian: 8 bytes magic, uint32 version, uint32 length of the
/// header, the header (JSON in UTF-8, padded with spaces), int32 labels on a multiple of 64, uint8 pixels [N,
/// C, H, W] on a multiple of 4096 to the end of the file.
/// </summary>
internal static class PackedFormat
{
    public const uint Version = 1;
    public const int PreludeBytes = 16;
    public const int LabelAlignment = 64;
    public const int PixelAlignment = 4096;
    public const int MaxHeaderBytes = 64 << 20;
    public const int MaxClasses = 100_000;
    public const string ClassNameRule = "1 to 255 bytes without control characters";

    private const int MaxNameBytes = 255;

    public static ReadOnlySpan<byte> Magic => "ATELIERD"u8;

    public static long Align(long offset, int alignment) => (offset + alignment - 1) / alignment * alignment;

    public static bool IsClassName(string name)
        => name.Length > 0 && Encoding.UTF8.GetByteCount(name) <= MaxNameBytes && !name.Any(char.IsControl);

    public static byte[] Serialise(PackedHeader header)
        => JsonSerializer.SerializeToUtf8Bytes(header, PackedHeaderContext.Default.PackedHeader);

    /// <exception cref="FormatException">The header breaks a rule; the message says which.</exception>
    public static PackedHeader Parse(ReadOnlySpan<byte> json, long fileBytes)
    {
        PackedHeader header;
        try
        {
            header = JsonSerializer.Deserialize(json, PackedHeaderContext.Default.PackedHeader)
                ?? throw new FormatException("its header is null");
        }
        catch (JsonException exception)
        {
            throw new FormatException($"its header is broken: {exception.Message}", exception);
        }

        Require(header.Count >= 1, "its header says that it has no images");
        Require(header.Channels is 1 or 3, $"its header says {header.Channels} channels");
        Require(header.Height is >= 1 and <= PackOptions.MaxSize
            && header.Width is >= 1 and <= PackOptions.MaxSize,
            $"its header says {header.Width}x{header.Height} pixels");
        Require(header.ClassNames.Count is >= 1 and <= MaxClasses,
            $"its header names {header.ClassNames.Count} classes");
        Require(header.ClassNames.All(name => name is not null && IsClassName(name)),
            "a class name is not allowed");
        Require(header.Skipped >= 0, "its header says a negative count of skipped images");
        Require(IsHash(header.ContentHash), "its content hash is not a SHA-256");
        CheckSplits(header);
        var labelsEnd = header.LabelsOffset + (4L * header.Count);
        Require(header.LabelsOffset >= PreludeBytes + json.Length && header.LabelsOffset % LabelAlignment == 0
            && header.LabelsOffset <= fileBytes && header.PixelsOffset >= labelsEnd
            && header.PixelsOffset % PixelAlignment == 0, "its labels and pixels lie at impossible places");
        var end = header.PixelsOffset + ((long)header.Count * header.Channels * header.Height * header.Width);
        Require(header.PixelsOffset <= fileBytes && end == fileBytes,
            $"it has {fileBytes} bytes and its header needs {end}: an incomplete copy?");
        return header;
    }

    private static void CheckSplits(PackedHeader header)
    {
        var next = 0L;
        foreach (var split in header.Splits)
        {
            Require(split is not null && IsClassName(split.Name) && split.Count >= 1 && split.Start == next
                && IsHash(split.ContentHash), "its splits do not follow one another");
            next += split!.Count;
        }

        Require(next == header.Count, "its splits do not cover its images");
        Require(header.Splits.DistinctBy(split => split.Name).Count() == header.Splits.Count,
            "two splits have one name");
    }

    private static bool IsHash(string text)
        => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);

    private static void Require(bool condition, FormattableString fault)
    {
        if (!condition)
            throw new FormatException(FormattableString.Invariant(fault));
    }

    private static void Require(bool condition, string fault)
    {
        if (!condition)
            throw new FormatException(fault);
    }
}
