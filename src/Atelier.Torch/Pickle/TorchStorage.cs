namespace Atelier.Torch.Pickle;

/// <summary>Elements of one type in a row, somewhere in the file.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Element">The type of its elements.</param>
/// <param name="Count">Their number.</param>
internal sealed record TorchStorage(string Key, DType Element, long Count)
{
    /// <summary>Its bytes.</summary>
    public long ByteCount => checked(Count * Element.ByteSize());
}
