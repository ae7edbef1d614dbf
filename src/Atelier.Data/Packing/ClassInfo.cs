namespace Atelier.Data;

/// <summary>A class of a dataset.</summary>
/// <param name="Index">Its label.</param>
/// <param name="Name">Its name.</param>
/// <param name="Count">Its images over all splits.</param>
public sealed record ClassInfo(int Index, string Name, int Count);
