namespace Atelier.Data;

/// <summary>A named run of images in a source.</summary>
/// <param name="Name">"train", "test" or "val".</param>
/// <param name="Start">The index of its first image.</param>
/// <param name="Count">How many images it has.</param>
public readonly record struct SourceSplit(string Name, int Start, int Count);
