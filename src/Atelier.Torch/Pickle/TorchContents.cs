using System.Globalization;
using Atelier.Torch.Safetensors;

namespace Atelier.Torch.Pickle;

/// <summary>
/// Flattens what a pickle describes: names of nested dictionaries and places in lists are joined with '.';
/// tensors become entries, in the file's order, and texts and numbers become facts.
/// </summary>
internal sealed class TorchContents
{
    private readonly PickleReader reader;
    private readonly List<TorchEntry> entries = [];
    private readonly Dictionary<string, object> facts = new(StringComparer.Ordinal);
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private int visits;

    private TorchContents(PickleReader reader) => this.reader = reader;

    /// <summary>The tensors.</summary>
    public IReadOnlyList<TorchEntry> Entries => entries;

    /// <summary>Text, long, double and bool values by name.</summary>
    public IReadOnlyDictionary<string, object> Facts => facts;

    /// <summary>Flattens the value of a pickle, which has to be a dictionary.</summary>
    public static TorchContents Of(PickleReader reader, object? value, long fileLength)
    {
        if (value is not PickleDictionary)
            throw reader.Refuse("it holds a single value and not tensors by name");
        var contents = new TorchContents(reader);
        contents.Visit("", value, 0);
        contents.CheckTotal(fileLength);
        return contents;
    }

    private void Visit(string name, object? value, int depth)
    {
        // A dictionary may hold itself, or one dictionary may stand at many places: count, do not mark.
        if (++visits > PickleLimits.Visits || depth > PickleLimits.Nesting)
            throw reader.Refuse(
                $"its dictionaries are nested deeper than {PickleLimits.Nesting}, or repeat each other " +
                "without end");
        switch (value)
        {
            case PickleDictionary dictionary:
                foreach (var (key, item) in dictionary.Items) Visit(Join(name, key), item, depth + 1);
                break;
            case PickleList { Items: var items }:
                VisitRow(name, items, depth);
                break;
            case PickleTuple { Items: var items }:
                VisitRow(name, items, depth);
                break;
            case TorchView view:
                Claim(name);
                entries.Add(new TorchEntry(name, view));
                if (entries.Count > PickleLimits.Tensors)
                    throw reader.Refuse($"it has more than {PickleLimits.Tensors} tensors");
                break;
            case string or long or double or bool:
                Claim(name);
                facts.Add(name, value);
                break;
            default:
                // None, a storage by itself, or bytes: nothing that a model could need.
                break;
        }
    }

    private void VisitRow(string name, IReadOnlyList<object?> items, int depth)
    {
        for (var k = 0; k < items.Count; k++) Visit(Join(name, (long)k), items[k], depth + 1);
    }

    private string Join(string name, object key)
    {
        var text = key as string ?? ((long)key).ToString(CultureInfo.InvariantCulture);
        var joined = name.Length == 0 ? text : name + "." + text;
        return joined.Length <= PickleLimits.NameLength
            ? joined
            : throw reader.Refuse(
                $"it has the name {SafetensorsLimits.Quote(joined)} of {joined.Length} letters; expected " +
                $"at most {PickleLimits.NameLength}");
    }

    private void Claim(string name)
    {
        if (!names.Add(name))
            throw reader.Refuse($"it has two values of the name {SafetensorsLimits.Quote(name)}");
    }

    private void CheckTotal(long fileLength)
    {
        Int128 total = 0;
        foreach (var entry in entries) total += (Int128)entry.View.Span * entry.DType.ByteSize();
        if (total > (Int128)fileLength * PickleLimits.SharingFactor)
            throw reader.Refuse(
                $"its tensors have {total} bytes together, and the file {fileLength}: they repeat each " +
                    $"other");
    }
}
