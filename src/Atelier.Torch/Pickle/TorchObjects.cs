using Atelier.Torch.Safetensors;

namespace Atelier.Torch.Pickle;

/// <summary>
/// What the globals, calls and persistent ids of a state dict stand for. Nothing is looked up and nothing is
/// run: each call of the short list makes one plain value, and every other one is refused by its name.
/// </summary>
internal sealed class TorchObjects(PickleReader reader) : IPickleObjects
{
    private const int KeyLength = 64;
    private readonly Dictionary<string, TorchStorage> storages = new(StringComparer.Ordinal);

    /// <summary>The storages that were referred to, by key.</summary>
    public IReadOnlyDictionary<string, TorchStorage> Storages => storages;

    /// <inheritdoc/>
    public string Subject => "state dict";

    /// <summary>The global of a name.</summary>
    public object Global(string module, string name) =>
        PickleGlobal.Find(module, name) ?? throw reader.Refuse(
            $"it asks for {SafetensorsLimits.Quote($"{module}.{name}")}, which is not part of a state dict");

    /// <summary>Carries out one of the known calls.</summary>
    public object? Reduce(object? callee, object? arguments)
    {
        if (callee is not PickleGlobal global || arguments is not PickleTuple tuple)
            throw reader.Refuse("it calls something that is not one of the names of a state dict");
        return global.Kind switch
        {
            PickleGlobalKind.OrderedDictionary when tuple.Items.Count == 0 => new PickleDictionary(),
            PickleGlobalKind.Tensor => View(tuple.Items),
            PickleGlobalKind.Parameter when tuple.Items is [TorchView view, bool, PickleDictionary] => view,
            PickleGlobalKind.NumpyType => NumpyType.Make(reader, tuple.Items),
            PickleGlobalKind.NumpyScalar when tuple.Items is [NumpyType type, byte[] bytes] =>
                type.Number(reader, bytes),
            PickleGlobalKind.Encode when tuple.Items is [string text, "latin1"] => Latin1(text),
            _ => throw reader.Refuse($"it calls {global.Module}.{global.Name} with unexpected arguments"),
        };
    }

    /// <summary>
    /// Takes note of an object's attributes. A state dict has `_metadata`, versions of its modules, which
    /// nothing here needs.
    /// </summary>
    public void Build(object? target, object? state)
    {
        if (target is NumpyType)
        {
            NumpyType.SetState(reader, state);
            return;
        }

        if (target is not PickleDictionary || state is not PickleDictionary attributes)
            throw reader.Refuse("it sets attributes of something that is no dictionary");
        foreach (var (key, _) in attributes.Items)
            if (key is not "_metadata")
                throw reader.Refuse(
                    $"it sets the attribute {SafetensorsLimits.Quote($"{key}")} of a dictionary");
    }

    /// <summary>The storage of a persistent id: ('storage', type, key, location, count), and in legacy files
    /// a view, which must be none.</summary>
    public object Storage(object? id)
    {
        if (id is not PickleTuple tuple || tuple.Items is not (
            ["storage", PickleGlobal { Kind: PickleGlobalKind.Storage }, string, string, long] or
            ["storage", PickleGlobal { Kind: PickleGlobalKind.Storage }, string, string, long, null]))
            throw reader.Refuse("it has a persistent id that is not a storage of torch.save");
        var type = (PickleGlobal)tuple.Items[1]!;
        var key = (string)tuple.Items[2]!;
        var count = (long)tuple.Items[4]!;
        if (key.Length is 0 or > KeyLength || !key.All(char.IsAsciiLetterOrDigit))
            throw reader.Refuse($"it has a storage with the key {SafetensorsLimits.Quote(key)}");
        if (count < 0 || count > long.MaxValue / type.Element.ByteSize())
            throw reader.Refuse($"it has a storage of {count} elements");
        var storage = new TorchStorage(key, type.Element, count);
        if (storages.TryAdd(key, storage)) return storage;
        return storages[key] == storage
            ? storages[key]
            : throw reader.Refuse(
                $"it uses the storage {SafetensorsLimits.Quote(key)} with two types or two sizes");
    }

    /// <inheritdoc/>
    public object Bytes(ReadOnlyMemory<byte> bytes) => bytes.ToArray();

    /// <summary>Keys of old checkpoints are written so.</summary>
    public object OldText(ReadOnlyMemory<byte> bytes) => System.Text.Encoding.Latin1.GetString(bytes.Span);

    private TorchView View(IReadOnlyList<object?> items)
    {
        if (items.Count is < 6 or > 7 ||
            items is not
                [TorchStorage storage, long offset, PickleTuple size, PickleTuple stride, bool, ..] ||
            items[5] is not PickleDictionary { Items.Count: 0 })
            throw reader.Refuse("it has a tensor that is not written as torch.save writes tensors");
        return TorchView.Make(reader, storage, offset, Longs(size), Longs(stride));
    }

    private long[] Longs(PickleTuple tuple) => tuple.Items.All(static i => i is long)
        ? [.. tuple.Items.Select(static i => (long)i!)]
        : throw reader.Refuse("it has a tensor with a size or stride that is no whole number");

    private byte[] Latin1(string text) => text.All(static c => c <= '\u00ff')
        ? System.Text.Encoding.Latin1.GetBytes(text)
        : throw reader.Refuse("it has a byte string with letters beyond Latin-1");
}
