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
