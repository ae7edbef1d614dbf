namespace Atelier.Data;

/// <summary>A split of a packed dataset.</summary>
/// <param name="Name">"train", "test" or "val".</param>
/// <param name="Start">The index of its first image in the file.</param>
/// <param name="Count">Its images.</param>
/// <param name="ContentHash">SHA-256 in lower-case hex over its pixels, labels, the class names and the image
/// size.</param>
public sealed record SplitInfo(string Name, int Start, int Count, string ContentHash);
