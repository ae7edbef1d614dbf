using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Atelier.Torch.Safetensors;

/// <summary>
/// Where each tensor will lie, and the header that says so, before a byte of data is written.
/// </summary>
internal sealed class SafetensorsPlan
{
    private static readonly SearchValues<byte> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(b => (byte)b), (byte)'"', (byte)'\\']);

    private SafetensorsPlan(byte[] header, (int Index, SafetensorsEntry Entry)[] order)
    {
        Header = header;
        Order = order;
    }

    /// <summary>The eight bytes of length, the JSON and its padding.</summary>
    public byte[] Header { get; }

    /// <summary>The tensors in the order of their bytes, each with its place in the caller's list.</summary>
    public (int Index, SafetensorsEntry Entry)[] Order { get; }

    /// <summary>Bytes of the whole file.</summary>
    public long FileBytes => Header.Length + (Order.Length == 0 ? 0 : Order[^1].Entry.End);

    /// <summary>Sorts as the format's own serializer does and lays the tensors end to end.</summary>
    /// <exception cref="AtelierException">Something that the reader would refuse (Checkpoint).</exception>
    public static SafetensorsPlan Make(
        IReadOnlyList<SafetensorsDeclaration> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var order = Layout(tensors);
        var json = new ArrayBufferWriter<byte>(256 + (tensors.Count * 96));
        json.Write(new byte[SafetensorsLimits.LengthBytes]);
        WriteJson(json, order, metadata);

        // Data that starts at a multiple of 8 keeps every element aligned, because the widest types come
        // first.
        while (json.WrittenCount % SafetensorsLimits.LengthBytes != 0)
            json.Write(" "u8);
        var length = json.WrittenCount - SafetensorsLimits.LengthBytes;
        if (length > SafetensorsLimits.HeaderBytes)
        {
            throw Refused($"its header would have {length} bytes, and the format allows "
                + $"{SafetensorsLimits.HeaderBytes}; put less into the metadata");
        }

        var header = json.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)length);
        return new SafetensorsPlan(header, order);
    }

    private static (int Index, SafetensorsEntry Entry)[] Layout(IReadOnlyList<SafetensorsDeclaration> tensors)
    {
        if (tensors.Count > SafetensorsLimits.Tensors)
            throw Refused(
                $"it would have {tensors.Count} tensors, at most {SafetensorsLimits.Tensors} are allowed");

        var named = new (int Index, byte[] Name)[tensors.Count];
        for (var i = 0; i < named.Length; i++)
            named[i] = (i, NameBytes(tensors[i]));
        Array.Sort(named, (a, b) =>
        {
            var byWidth = tensors[b.Index].DType.CompareTo(tensors[a.Index].DType);
            // By bytes of UTF-8: the order of UTF-16 units is another one beyond U+FFFF.
            return byWidth != 0 ? byWidth : a.Name.AsSpan().SequenceCompareTo(b.Name);
        });

        var unique = new HashSet<string>(StringComparer.Ordinal);
        var order = new (int, SafetensorsEntry)[named.Length];
        var next = 0L;
        for (var i = 0; i < order.Length; i++)
        {
            var tensor = tensors[named[i].Index];
            var bytes = SafetensorsLimits.ByteCount(tensor.Shape, tensor.DType);
            if (!unique.Add(tensor.Name))
                throw Refused($"two tensors are named {SafetensorsLimits.Quote(tensor.Name)}");
            if (tensor.Shape.Length > SafetensorsLimits.Rank || bytes is null
                || bytes > long.MaxValue / 2 - next)
            {
                throw Refused($"tensor {SafetensorsLimits.Quote(tensor.Name)} has the shape "
                    + $"[{string.Join(", ", tensor.Shape)}], which is negative, too large, or has more than "
                    + $"{SafetensorsLimits.Rank} sizes");
            }

            order[i] = (named[i].Index, new SafetensorsEntry(
                tensor.Name, tensor.DType, [.. tensor.Shape], next, next + bytes.Value));
            next += bytes.Value;
        }

        return order;
    }

    private static byte[] NameBytes(SafetensorsDeclaration tensor)
    {
        var name = Text(tensor.Name);
        if (name.Length > SafetensorsLimits.NameBytes
            || string.Equals(tensor.Name, SafetensorsLimits.MetadataKey, StringComparison.Ordinal))
        {
            throw Refused($"a tensor cannot be named {SafetensorsLimits.Quote(tensor.Name)}: at most "
                + $"{SafetensorsLimits.NameBytes} bytes, and not {SafetensorsLimits.MetadataKey}");
        }

        return name;
    }

    private static void WriteJson(
        ArrayBufferWriter<byte> json, (int Index, SafetensorsEntry Entry)[] order,
        IReadOnlyDictionary<string, string>? metadata)
    {
        var separator = "{"u8;
        if (metadata is not null)
        {
            json.Write("{\"__metadata__\":"u8);
            WriteMetadata(json, metadata);
            separator = ","u8;
        }

        foreach (var (_, entry) in order)
        {
            json.Write(separator);
            separator = ","u8;
            WriteString(json, entry.Name);
            WriteAscii(json, string.Create(
                CultureInfo.InvariantCulture,
                $":{{\"dtype\":\"{entry.DType.FileName()}\",\"shape\":[{string.Join(',', entry.Shape)}],"
                + $"\"data_offsets\":[{entry.Begin},{entry.End}]}}"));
        }

        json.Write(order.Length == 0 && metadata is null ? "{}"u8 : "}"u8);
    }

    private static void WriteMetadata(
        ArrayBufferWriter<byte> json, IReadOnlyDictionary<string, string> metadata)
    {
        json.Write("{"u8);
        var first = true;
        // Sorted, so that equal content gives equal bytes; the format's own serializer leaves this to chance.
        foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!first)
                json.Write(","u8);
            first = false;
            // UTF-8 has at least as many bytes as UTF-16 has units: refused before anything large is copied.
            if ((long)json.WrittenCount + key.Length + value.Length > SafetensorsLimits.HeaderBytes)
                throw Refused($"its metadata has more than {SafetensorsLimits.HeaderBytes} bytes");
            WriteString(json, key);
            json.Write(":"u8);
            WriteString(json, value);
        }

        json.Write("}"u8);
    }

    /// <summary>
    /// A JSON string with the fewest escapes, which is how the format's own serializer writes it: quote,
    /// backslash and
    /// what lies below a space; everything else as plain UTF-8.
    /// </summary>
    private static void WriteString(ArrayBufferWriter<byte> json, string text)
    {
        json.Write("\""u8);
        ReadOnlySpan<byte> rest = Text(text);
        while (!rest.IsEmpty)
        {
            var plain = rest.IndexOfAny(Escaped);
            json.Write(plain < 0 ? rest : rest[..plain]);
            if (plain < 0)
                break;
            WriteEscape(json, rest[plain]);
            rest = rest[(plain + 1)..];
        }

        json.Write("\""u8);
    }

    private static void WriteEscape(ArrayBufferWriter<byte> json, byte b)
    {
        switch (b)
        {
            case (byte)'"': json.Write("\\\""u8); break;
            case (byte)'\\': json.Write("\\\\"u8); break;
            case (byte)'\b': json.Write("\\b"u8); break;
            case (byte)'\f': json.Write("\\f"u8); break;
            case (byte)'\n': json.Write("\\n"u8); break;
            case (byte)'\r': json.Write("\\r"u8); break;
            case (byte)'\t': json.Write("\\t"u8); break;
            default: WriteAscii(json, $"\\u{b:x4}"); break;
        }
    }

    private static void WriteAscii(ArrayBufferWriter<byte> json, string text) =>
        Encoding.ASCII.GetBytes(text, json);

    private static byte[] Text(string text)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        return Utf8.FromUtf16(text, bytes, out _, out var count, replaceInvalidSequences: false)
            == OperationStatus.Done
            ? bytes[..count]
            : throw Refused($"{SafetensorsLimits.Quote(text)} is no valid Unicode");
    }

    private static AtelierException Refused(string what) =>
        new(FailureKind.Checkpoint, $"Cannot write the safetensors file: {what}.");
}
