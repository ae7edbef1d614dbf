namespace Atelier.Data;

/// <summary>A split of a source.</summary>
/// <param name="Name">"train", "test" or "val".</param>
/// <param name="Count">Its images.</param>
public sealed record SplitCount(string Name, int Count);
