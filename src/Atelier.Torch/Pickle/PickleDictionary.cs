namespace Atelier.Torch.Pickle;

/// <summary>A dict or OrderedDict of a pickle; keys are strings or whole numbers.</summary>
internal sealed class PickleDictionary
{
    // Made when the first value comes: an empty dictionary costs one opcode of a hostile file.
    private List<KeyValuePair<object, object?>>? items;
    private HashSet<object>? keys;

    /// <summary>Its values in the order in which they were set.</summary>
    public IReadOnlyList<KeyValuePair<object, object?>> Items => items ?? [];

    /// <summary>Sets a value; false when the key is there already.</summary>
    public bool TryAdd(object key, object? value)
    {
        if (!(keys ??= []).Add(key)) return false;
        (items ??= []).Add(new KeyValuePair<object, object?>(key, value));
        return true;
    }
}
