namespace Atelier.Data;

/// <summary>The content of an IDX file of unsigned bytes.</summary>
/// <param name="Dimensions">1 to 4 sizes, the slowest first.</param>
/// <param name="Bytes">Their product of bytes, row-major.</param>
public sealed record IdxData(IReadOnlyList<int> Dimensions, byte[] Bytes);
