namespace Atelier.Data;

/// <summary>How far a long operation on a dataset is.</summary>
/// <param name="Phase">"headers", "images" or "verify".</param>
/// <param name="Done">Images that are done in this phase.</param>
/// <param name="Total">Images of this phase.</param>
public readonly record struct PackProgress(string Phase, int Done, int Total);
