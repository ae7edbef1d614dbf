using System.Text;
using Atelier.Torch.Safetensors;

namespace Atelier.Torch.Pickle;

/// <summary>
/// The names that a pickle of numpy arrays asks for up to protocol 4: an array is rebuilt from its state
/// (`_reconstruct`), and nothing is looked up or run.
/// </summary>
internal sealed class NumpyObjects(PickleReader reader) : IPickleObjects
{
    /// <summary>Byte strings up to here may be keys and names, and become texts.</summary>
    private const int ShortText = 256;

    private static readonly Dictionary<(string Module, string Name), Global> Known = new Global[]
    {
        new("numpy.core.multiarray", "_reconstruct"), new("numpy._core.multiarray", "_reconstruct"),
        new("numpy", "ndarray"), new("numpy", "dtype"), new("_codecs", "encode"),
    }.ToDictionary(static each => (each.Module, each.Name));

    /// <inheritdoc/>
    public string Subject => "batch of images";

    /// <inheritdoc/>
    object IPickleObjects.Global(string module, string name) =>
        Known.TryGetValue((module, name), out var global) ? global : throw reader.Refuse(
            $"it asks for {SafetensorsLimits.Quote($"{module}.{name}")}, which no batch of images needs");

    /// <inheritdoc/>
    public object? Reduce(object? callee, object? arguments)
    {
        if (callee is not Global global || arguments is not PickleTuple { Items: var items })
            throw reader.Refuse("it calls something that is not one of the names of an array");
        return (global.Name, items) switch
        {
            ("_reconstruct", [Global { Name: "ndarray" }, PickleTuple, _]) => new Unfinished(),
            ("dtype", [string code, bool or long, bool or long]) => new Element(code),
            ("encode", [string text, "latin1"]) => Bytes(Encode(text)),
            _ => throw reader.Refuse($"it calls {global.Module}.{global.Name} with unexpected arguments"),
        };
    }

    /// <inheritdoc/>
    public void Build(object? target, object? state)
    {
        switch (target, state)
        {
            case (Element, PickleTuple { Items: [long, "<" or "|", ..] }):
                break;
            case (Element, _):
                throw reader.Refuse("it has a numpy type that is not little-endian");
            case (Unfinished { Finished: null } array,
                PickleTuple { Items: [long, PickleTuple shape, Element type, false, var data] }):
                array.Finished = Array(type, shape, data);
                break;
            default:
                throw reader.Refuse("it sets a state that no array in row-major order has");
        }
    }

    /// <inheritdoc/>
    public object Storage(object? id) =>
        throw reader.Refuse("it has a persistent id, which no batch of images needs");

    /// <inheritdoc/>
    public object Bytes(ReadOnlyMemory<byte> bytes) => OldText(bytes);

    /// <inheritdoc/>
    public object OldText(ReadOnlyMemory<byte> bytes) =>
        bytes.Length <= ShortText ? Encoding.Latin1.GetString(bytes.Span) : bytes;

    /// <summary>A finished array in place of what stands for it while the pickle is read.</summary>
    public object? Resolve(object? value) => value is Unfinished array
        ? array.Finished ?? throw reader.Refuse("it has an array without content")
        : value;

    private NumpyArray Array(Element type, PickleTuple shape, object? data)
    {
        var bytes = data switch
        {
            ReadOnlyMemory<byte> memory => memory,
            string text => Encode(text),
            _ => throw reader.Refuse("it has an array whose content is no byte string"),
        };
        if (shape.Items.Count is 0 or > PickleLimits.Rank || !shape.Items.All(static each => each is long))
            throw reader.Refuse("it has an array whose shape is not one of whole numbers");
        long[] sizes = [.. shape.Items.Select(static each => (long)each!)];
        var width = type.Code is ['u' or 'i', '1' or '2' or '4' or '8']
            ? type.Code[1] - '0'
            : throw reader.Refuse(
                $"it has an array of the type {SafetensorsLimits.Quote(type.Code)}; whole numbers are read");
        Int128 product = width;
        foreach (var size in sizes)
            product = size is >= 0 and <= int.MaxValue && product <= int.MaxValue ? product * size : -1;
        if (product != bytes.Length)
            throw reader.Refuse(
                $"it has an array [{string.Join(", ", sizes)}] of {type.Code} with {bytes.Length} bytes");
        return new NumpyArray(sizes, type.Code, bytes);
    }

    private ReadOnlyMemory<byte> Encode(string text) => text.All(static c => c <= '\u00ff')
        ? Encoding.Latin1.GetBytes(text)
        : throw reader.Refuse("it has a byte string with letters beyond Latin-1");

    private sealed record Global(string Module, string Name);

    private sealed record Element(string Code);

    private sealed class Unfinished
    {
        public NumpyArray? Finished { get; set; }
    }
}
