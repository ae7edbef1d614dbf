namespace Atelier.Metrics;

/// <summary>A row that is near a query.</summary>
/// <param name="Index">Its place among all rows, from 0.</param>
/// <param name="Distance">The Euclidean distance.</param>
public readonly record struct Neighbour(int Index, double Distance);
