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

        CheckFacts(header, "its header");
        var labelsEnd = header.LabelsOffset + (4L * header.Count);
        Require(header.LabelsOffset >= PreludeBytes + json.Length && header.LabelsOffset % LabelAlignment == 0
            && header.LabelsOffset <= fileBytes && header.PixelsOffset >= labelsEnd
            && header.PixelsOffset % PixelAlignment == 0, "its labels and pixels lie at impossible places");
        var end = header.PixelsOffset + ((long)header.Count * header.Channels * header.Height * header.Width);
        Require(header.PixelsOffset <= fileBytes && end == fileBytes,
            $"it has {fileBytes} bytes and its header needs {end}: an incomplete copy?");
        return header;
    }

    /// <summary>Checks what a header and an index of shards have in common.</summary>
    /// <param name="facts">What was read.</param>
    /// <param name="where">"its header", "its index": begins the message.</param>
    /// <exception cref="FormatException">A rule is broken; the message says which.</exception>
    public static void CheckFacts(DatasetFacts facts, string where)
    {
        Require(facts.Count >= 1, $"{where} says that it has no images");
        Require(facts.Channels is 1 or 3, $"{where} says {facts.Channels} channels");
        Require(facts.Height is >= 1 and <= PackOptions.MaxSize
            && facts.Width is >= 1 and <= PackOptions.MaxSize,
            $"{where} says {facts.Width}x{facts.Height} pixels");
        Require(facts.ClassNames.Count is >= 1 and <= MaxClasses,
            $"{where} names {facts.ClassNames.Count} classes");
        Require(facts.ClassNames.All(name => name is not null && IsClassName(name)),
            "a class name is not allowed");
        Require(facts.Skipped >= 0, $"{where} says a negative count of skipped images");
        Require(IsHash(facts.ContentHash), "its content hash is not a SHA-256");
        CheckSplits(facts);
    }

    /// <summary>True for a SHA-256 in lower-case hex.</summary>
    public static bool IsHash(string text)
        => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);

    private static void CheckSplits(DatasetFacts facts)
    {
        var next = 0L;
        foreach (var split in facts.Splits)
        {
            Require(split is not null && IsClassName(split.Name) && split.Count >= 1 && split.Start == next
                && IsHash(split.ContentHash), "its splits do not follow one another");
            next += split!.Count;
        }

        Require(next == facts.Count, "its splits do not cover its images");
        Require(facts.Splits.DistinctBy(split => split.Name).Count() == facts.Splits.Count,
            "two splits have one name");
    }

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
