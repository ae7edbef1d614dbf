namespace Atelier.Torch.Pickle;

/// <summary>One tensor of a foreign checkpoint: what the file says of it, checked.</summary>
public sealed class TorchEntry
{
    internal TorchEntry(string name, TorchView view)
    {
        Name = name;
        View = view;
    }

    /// <summary>The name, with '.' between nested dictionaries; unique in its checkpoint.</summary>
    public string Name { get; }

    /// <summary>The element type.</summary>
    public DType DType => View.Storage.Element;

    /// <summary>The sizes, outermost first; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape => View.Shape;

    internal TorchView View { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {DType} [{string.Join(", ", Shape)}]";
}
