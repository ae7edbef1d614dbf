namespace Atelier.Cli.Work;

/// <summary>A sample with its neighbours, the nearest first.</summary>
/// <param name="Class">Its class.</param>
/// <param name="Pixels">By pixels in [0, 1], where asked for.</param>
/// <param name="Features">By features, where asked for.</param>
internal sealed record SampleNeighbours(
    string Class, IReadOnlyList<NeighbourImage>? Pixels, IReadOnlyList<NeighbourImage>? Features);
