namespace Atelier.Cli.Work;

/// <summary>The JSON document of <c>atelier neighbours</c>.</summary>
/// <param name="Target">The model's file, or the images.</param>
/// <param name="Data">The packed dataset of real images.</param>
/// <param name="Split">The split that was searched.</param>
/// <param name="Images">How many real images were searched.</param>
/// <param name="Samples">Each sample with its neighbours.</param>
/// <param name="MedianNearest">Over the samples, the median distance to the nearest image.</param>
/// <param name="HeldOutMedianNearest">The same for as many held-out real images, where there are
/// any.</param>
/// <param name="Picture">The PNG, where one was written.</param>
internal sealed record NeighboursReport(
    string Target, string Data, string Split, int Images, IReadOnlyList<SampleNeighbours> Samples,
    NearestDistances MedianNearest, NearestDistances? HeldOutMedianNearest, string? Picture);

/// <summary>A sample with its neighbours, the nearest first.</summary>
/// <param name="Class">Its class.</param>
/// <param name="Pixels">By pixels in [0, 1], where asked for.</param>
/// <param name="Features">By features, where asked for.</param>
internal sealed record SampleNeighbours(
    string Class, IReadOnlyList<NeighbourImage>? Pixels, IReadOnlyList<NeighbourImage>? Features);

/// <summary>A real image.</summary>
/// <param name="Index">Its place in the split, from 0.</param>
/// <param name="Class">Its class.</param>
/// <param name="Distance">The Euclidean distance.</param>
internal sealed record NeighbourImage(int Index, string Class, double Distance);

/// <summary>A distance in each space that was asked for.</summary>
internal sealed record NearestDistances(double? Pixels, double? Features);
