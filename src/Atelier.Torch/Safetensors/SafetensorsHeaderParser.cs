using System.Text;
using System.Text.Json;

namespace Atelier.Torch.Safetensors;

/// <summary>Walks the header's JSON token by token; knows keys and types, not how the tensors lie.</summary>
/// <remarks>
/// By hand and not by a serializer, because a serializer lets the last of two equal keys win, which is how
/// one file
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
    private string tensor = "";

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
        while (NextKey(out var key))
        {
            if (string.Equals(key, SafetensorsLimits.MetadataKey, StringComparison.Ordinal))
                ReadMetadata();
            else
                ReadTensor(key);
        }

        // Makes the reader look at what follows the last brace; it throws at anything but white space.
        reader.Read();
    }

    /// <summary>The tensor that is being read, for messages; not quoted before one is needed.</summary>
    private readonly string Quoted => SafetensorsLimits.Quote(tensor);

    private void ReadMetadata()
    {
        if (metadataSeen)
            throw Fail("__metadata__ stands in its header twice");
        metadataSeen = true;
        if (Next() != JsonTokenType.StartObject)
            throw Fail("__metadata__ must be an object of strings");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            if (Next() != JsonTokenType.String)
                throw Fail($"__metadata__ {SafetensorsLimits.Quote(key)} is not a string");
            if (!Metadata.TryAdd(key, reader.GetString()!))
                throw Fail($"__metadata__ has the key {SafetensorsLimits.Quote(key)} twice");
        }
    }

    private void ReadTensor(string name)
    {
        tensor = name;
        if (Encoding.UTF8.GetByteCount(name) > SafetensorsLimits.NameBytes)
            throw Fail($"the name of tensor {Quoted} is longer than {SafetensorsLimits.NameBytes} bytes");
        if (!names.Add(name))
            throw Fail($"tensor {Quoted} stands in its header twice");
        if (Entries.Count == SafetensorsLimits.Tensors)
            throw Fail($"it has more than {SafetensorsLimits.Tensors} tensors");

        SafetensorsDType? dtype = null;
        long[]? shape = null;
        var offsets = 0;
        Span<long> range = stackalloc long[2];
        Span<long> sizes = stackalloc long[SafetensorsLimits.Rank];
        if (Next() != JsonTokenType.StartObject)
            throw Fail($"tensor {Quoted} must be an object");
        while (NextKey(out var field))
        {
            switch (field)
            {
                case "dtype" when dtype is null:
                    dtype = ReadDType();
                    break;
                case "shape" when shape is null:
                    shape = sizes[..ReadNumbers(field, sizes)].ToArray();
                    break;
                case "data_offsets" when offsets == 0:
                    offsets = ReadNumbers(field, range);
                    if (offsets != range.Length)
                        throw Fail($"data_offsets of tensor {Quoted} are not two numbers");
                    break;
                case "dtype" or "shape" or "data_offsets":
                    throw Fail($"tensor {Quoted} has the field {field} twice");
                default:
                    throw Fail(
                        $"tensor {Quoted} has the field {SafetensorsLimits.Quote(field)}, which the format "
                        + "does not know (dtype, shape, data_offsets)");
            }
        }

        if (dtype is null || shape is null || offsets == 0)
            throw Fail($"tensor {Quoted} lacks one of dtype, shape and data_offsets [begin, end]");
        Entries.Add(new SafetensorsEntry(name, dtype.Value, shape, range[0], range[1]));
    }

    private SafetensorsDType ReadDType()
    {
        if (Next() != JsonTokenType.String)
            throw Fail($"the dtype of tensor {Quoted} must be a string");
        var text = reader.GetString()!;
        if (SafetensorsDTypeExtensions.TryParse(text, out var dtype))
            return dtype;
        throw Fail(SafetensorsDTypeExtensions.IsKnownButRefused(text)
            ? $"tensor {Quoted} is {text}, a type that Atelier does not compute with; "
                + "convert it to F16, BF16 or F32"
            : $"tensor {Quoted} has the dtype {SafetensorsLimits.Quote(text)}, which the format "
                + "does not know");
    }

    private int ReadNumbers(string field, scoped Span<long> numbers)
    {
        if (Next() != JsonTokenType.StartArray)
            throw Fail($"{field} of tensor {Quoted} must be a list of numbers");
        var count = 0;
        while (Next() != JsonTokenType.EndArray)
        {
            if (count == numbers.Length)
                throw Fail($"{field} of tensor {Quoted} has more than {numbers.Length} numbers");
            numbers[count++] = ReadNumber(field);
        }

        return count;
    }

    private long ReadNumber(string field)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            var digits = !reader.ValueSpan.ContainsAnyExceptInRange((byte)'0', (byte)'9');
            if (digits && reader.TryGetInt64(out var number))
                return number;
            if (digits)
                throw Fail($"{field} of tensor {Quoted} has a number beyond 63 bits");
        }

        throw Fail($"{field} of tensor {Quoted} has something that is no whole number from 0");
    }

    private bool NextKey(out string key)
    {
        key = "";
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
            return false;
        if (reader.ValueSpan.Length > SafetensorsLimits.NameBytes * LongestEscape)
            throw Fail($"it has a name longer than {SafetensorsLimits.NameBytes} bytes");
        key = reader.GetString()!;
        return true;
    }

    private JsonTokenType Next()
    {
        reader.Read();
        return reader.TokenType;
    }

    private readonly AtelierException Fail(string what) => SafetensorsHeader.Damaged(source, what);
}
