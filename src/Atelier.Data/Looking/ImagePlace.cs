namespace Atelier.Data;

/// <summary>An image of a dataset, told in every way.</summary>
/// <param name="Index">From 0 over all splits.</param>
/// <param name="Split">The name of its split.</param>
/// <param name="Name">Its name in the source.</param>
/// <param name="Class">The name of its class.</param>
public sealed record ImagePlace(int Index, string Split, string Name, string Class);
