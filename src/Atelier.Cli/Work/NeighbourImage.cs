namespace Atelier.Cli.Work;

/// <summary>A real image.</summary>
/// <param name="Index">Its place in the split, from 0.</param>
/// <param name="Class">Its class.</param>
/// <param name="Distance">The Euclidean distance.</param>
internal sealed record NeighbourImage(int Index, string Class, double Distance);
