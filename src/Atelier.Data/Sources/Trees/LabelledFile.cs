namespace Atelier.Data.Trees;

/// <summary>An image of a tree with its split and label.</summary>
/// <param name="Split">"train", "test" or "val".</param>
/// <param name="Label">An index into the class names.</param>
/// <param name="File">An index into the tree's files.</param>
internal readonly record struct LabelledFile(string Split, int Label, int File);
