namespace Atelier.Torch.Pickle;

/// <summary>An array of numpy out of a pickle.</summary>
/// <param name="Shape">Its sizes, the slowest first; their product times the element's bytes is the length
/// of the data.</param>
/// <param name="Element">numpy's code of the element, as "u1" or "i8"; little-endian.</param>
/// <param name="Data">Row-major; a part of the pickle's own bytes.</param>
public sealed record NumpyArray(IReadOnlyList<long> Shape, string Element, ReadOnlyMemory<byte> Data);
