namespace Atelier.Torch.Pickle;

/// <summary>A tuple of a pickle.</summary>
/// <param name="Items">Its values.</param>
internal sealed record PickleTuple(IReadOnlyList<object?> Items)
{
    /// <summary>The empty tuple.</summary>
    public static PickleTuple Empty { get; } = new([]);
}
