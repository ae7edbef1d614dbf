namespace Atelier.Data.Arrays;

/// <summary>One split of a source of arrays.</summary>
/// <param name="Split">"train", "test" or "val".</param>
/// <param name="Images">The images.</param>
/// <param name="Labels">As many labels, each an index into the class names.</param>
internal sealed record ArrayPart(string Split, ImageArray Images, int[] Labels);
