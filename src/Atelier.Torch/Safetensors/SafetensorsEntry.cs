namespace Atelier.Torch.Safetensors;

/// <summary>One tensor of a file: what its header says, checked.</summary>
/// <param name="name">At most 512 bytes of UTF-8; unique in its file.</param>
/// <param name="dtype">Element type; elements are little-endian.</param>
/// <param name="shape">At most 8 sizes, none negative; empty for a scalar. Row-major.</param>
/// <param name="begin">First byte, counted from the end of the header.</param>
/// <param name="end">One past the last byte, counted from the end of the header.</param>
public sealed class SafetensorsEntry(string name, SafetensorsDType dtype, long[] shape, long begin, long end)
{
    /// <summary>The name, unique in its file.</summary>
    public string Name { get; } = name;

    /// <summary>The element type.</summary>
    public SafetensorsDType DType { get; } = dtype;

    /// <summary>The sizes, outermost first; empty for a scalar.</summary>
    public long[] Shape { get; } = shape;

    /// <summary>First byte, counted from the end of the header.</summary>
    public long Begin { get; } = begin;

    /// <summary>One past the last byte, counted from the end of the header.</summary>
    public long End { get; } = end;

    /// <summary>Bytes of data: the product of the shape times the element's width.</summary>
    public long ByteCount => End - Begin;

    /// <summary>Number of elements: the product of the shape, 1 for a scalar.</summary>
    public long NumberOfElements => ByteCount / DType.ByteSize();

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Name}: {DType.FileName()} [{string.Join(", ", Shape)}] at {Begin}..{End}";
}
