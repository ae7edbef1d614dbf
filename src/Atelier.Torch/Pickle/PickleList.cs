namespace Atelier.Torch.Pickle;

/// <summary>A list of a pickle.</summary>
internal sealed class PickleList
{
    private List<object?>? items;

    /// <summary>Its values.</summary>
    public IReadOnlyList<object?> Items => items ?? [];

    /// <summary>Adds values at the end.</summary>
    public void Add(IEnumerable<object?> values) => (items ??= []).AddRange(values);
}
