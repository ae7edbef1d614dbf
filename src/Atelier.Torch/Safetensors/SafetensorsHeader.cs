using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;

namespace Atelier.Torch.Safetensors;

/// <summary>
/// The header of a safetensors file, parsed and checked: every byte of the data belongs to exactly one
/// tensor, and
/// each tensor's bytes are as many as its shape and type need.
/// </summary>
/// <remarks>
/// Stricter than the format's own reader where that one is lenient: the first byte must be <c>{</c> as the
/// format
/// text asks, a key may stand only once, unknown fields are refused, and names, ranks and counts are bounded.
/// </remarks>
public sealed class SafetensorsHeader
{
    private SafetensorsHeader(
        int headerBytes,
        IReadOnlyList<SafetensorsEntry> entries,
        IReadOnlyDictionary<string, string> metadata)
    {
        DataOffset = SafetensorsLimits.LengthBytes + headerBytes;
        Entries = entries;
        Metadata = metadata;
    }

    /// <summary>Where the data starts, in bytes from the start of the file.</summary>
    public long DataOffset { get; }

    /// <summary>The tensors in the order of their bytes.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries { get; }

    /// <summary>The free text of <c>__metadata__</c>; empty when the file has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Parses and checks a whole file that is in memory.</summary>
    /// <param name="file">All bytes of the file, data included.</param>
    /// <param name="source">What messages call the file, usually its path.</param>
    /// <exception cref="AtelierException">The file breaks a rule of the format (Checkpoint).</exception>
    public static SafetensorsHeader FromBytes(ReadOnlySpan<byte> file, string source)
    {
        var length = CheckLength(file, file.Length, source);
        return Parse(file.Slice(SafetensorsLimits.LengthBytes, length), file.Length, source);
    }

    /// <summary>Parses and checks the header's text.</summary>
    /// <param name="json">The header without the eight bytes of length before it; padding included.</param>
    /// <param name="fileLength">Bytes of the whole file.</param>
    /// <param name="source">What messages call the file, usually its path.</param>
    /// <exception cref="AtelierException">The header breaks a rule of the format (Checkpoint).</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long fileLength, string source)
    {
        CheckFirstByte(json, source);
        if (!Utf8.IsValid(json))
            throw Damaged(source, "its header is not UTF-8 text");

        SafetensorsHeaderParser parser;
        try
        {
            parser = new SafetensorsHeaderParser(json, source);
            parser.ReadAll();
        }
        catch (JsonException error)
        {
            throw new AtelierException(
                FailureKind.Checkpoint,
                Sentence(source, $"its header is not the JSON of the format ({error.Message})"),
                error);
        }
        catch (InvalidOperationException error)
        {
            // The reader's way to say that a string holds half a surrogate pair.
            throw new AtelierException(
                FailureKind.Checkpoint,
                Sentence(source, "its header has a string that is no valid Unicode"),
                error);
        }

        var dataLength = fileLength - SafetensorsLimits.LengthBytes - json.Length;
        SafetensorsLayout.Check(parser.Entries, dataLength, fileLength, source);
        return new SafetensorsHeader(json.Length, parser.Entries, parser.Metadata);
    }

    /// <summary>
    /// Reads the length before the header and the header's first byte, and refuses what cannot be one.
    /// </summary>
    /// <param name="start">
    /// The first nine bytes of the file, or all of a shorter one; more does no harm.
    /// </param>
    /// <param name="fileLength">Bytes of the whole file.</param>
    /// <param name="source">What messages call the file.</param>
    /// <returns>Bytes of the header.</returns>
    internal static int CheckLength(ReadOnlySpan<byte> start, long fileLength, string source)
    {
        if (fileLength == 0)
            throw Damaged(source, "it is empty");
        if (fileLength < SafetensorsLimits.LengthBytes || start.Length < SafetensorsLimits.LengthBytes)
            throw Damaged(source, $"it has {fileLength} bytes, and the length of the header alone takes 8");

        var length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length > SafetensorsLimits.HeaderBytes)
        {
            throw Damaged(source, $"its first 8 bytes ask for a header of {length} bytes, and the format "
                + $"allows {SafetensorsLimits.HeaderBytes}; it is probably no safetensors file");
        }

        if ((long)length > fileLength - SafetensorsLimits.LengthBytes)
        {
            throw Damaged(source, $"the file ends at byte {fileLength}, its header needs "
                + $"{(long)length + SafetensorsLimits.LengthBytes}: incomplete copy");
        }

        CheckFirstByte(start.Slice(SafetensorsLimits.LengthBytes, length == 0 ? 0 : 1), source);
        return (int)length;
    }

    /// <summary>The failure of a file that breaks a rule; <paramref name="what"/> says which.</summary>
    internal static AtelierException Damaged(string source, string what) =>
        new(FailureKind.Checkpoint, Sentence(source, what));

    private static string Sentence(string source, string what) =>
        $"Cannot use {source} as safetensors: {what}. Copy or export the file again, or take an earlier one.";

    private static void CheckFirstByte(ReadOnlySpan<byte> header, string source)
    {
        if (header.IsEmpty)
            throw Damaged(source, "its header has no bytes, and the smallest one is {}");
        if (header[0] != (byte)'{')
            throw Damaged(source, $"its header starts with byte 0x{header[0]:X2}, not with {{");
    }
}
