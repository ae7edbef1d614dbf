namespace Atelier.Data;

/// <summary>One drawn image.</summary>
/// <param name="Index">Its index in the split.</param>
/// <param name="Epoch">The epoch that it was drawn in; with the index and the seed it decides on the
/// flip.</param>
public readonly record struct SampleReference(int Index, long Epoch);
