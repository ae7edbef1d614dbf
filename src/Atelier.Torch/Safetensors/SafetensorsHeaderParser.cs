using System.Text;
using System.Text.Json;

namespace Atelier.Torch.Safetensors;

/// <summary>Walks the header's JSON token by token; knows keys and types, not how the tensors lie.</summary>
/// <remarks>
/// By hand and not by a serializer, because a serializer lets the last of two equal keys win, which is how one file
/// can show two readers two different models.
/// </remarks>
internal ref struct SafetensorsHeaderParser
{
    /// <summary>Root, tensor, shape: nothing in the format lies deeper.</summary>
    private const int DeepestLevel = 3;

    /// <summary>One byte of a name can be written with up to six in JSON.</summary>
    private const int LongestEscape = 6;

    private readonly string source;
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private Utf8JsonReader reader;
    private bool metadataSeen;

    public SafetensorsHeaderParser(ReadOnlySpan<byte> json, string source)
    {
        this.source = source;
        reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DeepestLevel });
    }

    /// <summary>The tensors in the order of the header's text.</summary>
    public List<SafetensorsEntry> Entries { get; } = [];

    /// <summary>The free text.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads to the end of the text; only white space may follow the object.</summary>
    /// <exception cref="JsonException">The text is no JSON, or nests too deeply.</exception>
    /// <exception cref="InvalidOperationException">A string is no valid Unicode.</exception>
    /// <exception cref="AtelierException">The JSON is not what the format asks (Checkpoint).</exception>
    public void ReadAll()
    {
        reader.Read();
        while (NextKey("the header", out var key))
        {
            if (string.Equals(key, SafetensorsLimits.MetadataKey, StringComparison.Ordinal))
                ReadMetadata();
            else
                ReadTensor(key);
        }

        // Makes the reader look at what follows the last brace; it throws at anything but white space.
        reader.Read();
    }

    private void ReadMetadata()
    {
        if (metadataSeen)
            throw Fail("__metadata__ stands in its header twice");
        metadataSeen = true;
        Expect(JsonTokenType.StartObject, "__metadata__ must be an object of strings");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
                throw Fail($"__metadata__ {SafetensorsLimits.Quote(key)} is not a string");
            if (!Metadata.TryAdd(key, reader.GetString()!))
                throw Fail($"__metadata__ has the key {SafetensorsLimits.Quote(key)} twice");
        }
    }

    private void ReadTensor(string name)
    {
        var quoted = SafetensorsLimits.Quote(name);
        if (Encoding.UTF8.GetByteCount(name) > SafetensorsLimits.NameBytes)
            throw Fail($"the name of tensor {quoted} is longer than {SafetensorsLimits.NameBytes} bytes");
        if (!names.Add(name))
            throw Fail($"tensor {quoted} stands in its header twice");
        if (Entries.Count == SafetensorsLimits.Tensors)
            throw Fail($"it has more than {SafetensorsLimits.Tensors} tensors");

        SafetensorsDType? dtype = null;
        long[]? shape = null;
        long[]? offsets = null;
        Expect(JsonTokenType.StartObject, $"tensor {quoted} must be an object");
        while (NextKey($"tensor {quoted}", out var field))
        {
            switch (field)
            {
                case "dtype" when dtype is null:
                    dtype = ReadDType(quoted);
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(quoted, field, SafetensorsLimits.Rank);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(quoted, field, 2);
                    break;
                case "dtype" or "shape" or "data_offsets":
                    throw Fail($"tensor {quoted} has the field {field} twice");
                default:
                    throw Fail($"tensor {quoted} has the field {SafetensorsLimits.Quote(field)}, which the format does "
                        + "not know (dtype, shape, data_offsets)");
            }
        }

        if (dtype is null || shape is null || offsets is not [var begin, var end])
            throw Fail($"tensor {quoted} lacks one of dtype, shape and data_offsets [begin, end]");
        Entries.Add(new SafetensorsEntry(name, dtype.Value, shape, begin, end));
    }

    private SafetensorsDType ReadDType(string quoted)
    {
        Expect(JsonTokenType.String, $"the dtype of tensor {quoted} must be a string");
        var text = reader.GetString()!;
        if (SafetensorsDTypeExtensions.TryParse(text, out var dtype))
            return dtype;
        throw Fail(SafetensorsDTypeExtensions.IsKnownButRefused(text)
            ? $"tensor {quoted} is {text}, a type that Atelier does not compute with; convert it to F16, BF16 or F32"
            : $"tensor {quoted} has the dtype {SafetensorsLimits.Quote(text)}, which the format does not know");
    }

    private long[] ReadNumbers(string quoted, string field, int longest)
    {
        Expect(JsonTokenType.StartArray, $"{field} of tensor {quoted} must be a list of numbers");
        Span<long> numbers = stackalloc long[SafetensorsLimits.Rank];
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (count == longest)
                throw Fail($"{field} of tensor {quoted} has more than {longest} numbers");
            numbers[count++] = ReadNumber(quoted, field);
        }

        return numbers[..count].ToArray();
    }

    private long ReadNumber(string quoted, string field)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            var digits = !reader.ValueSpan.ContainsAnyExceptInRange((byte)'0', (byte)'9');
            if (digits && reader.TryGetInt64(out var number))
                return number;
            if (digits)
                throw Fail($"{field} of tensor {quoted} has a number beyond 63 bits");
        }

        throw Fail($"{field} of tensor {quoted} has something that is no whole number from 0");
    }

    private bool NextKey(string where, out string key)
    {
        key = "";
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
            return false;
        if (reader.ValueSpan.Length > SafetensorsLimits.NameBytes * LongestEscape)
            throw Fail($"{where} has a key longer than {SafetensorsLimits.NameBytes} bytes");
        key = reader.GetString()!;
        return true;
    }

    private void Expect(JsonTokenType token, string otherwise)
    {
        reader.Read();
        if (reader.TokenType != token)
            throw Fail(otherwise);
    }

    private readonly AtelierException Fail(string what) => SafetensorsHeader.Damaged(source, what);
}
