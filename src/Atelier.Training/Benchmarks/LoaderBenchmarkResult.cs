namespace Atelier.Training.Benchmarks;

/// <summary>How fast packed images are fed.</summary>
/// <param name="BatchSize">Images of a batch.</param>
/// <param name="ImageBytes">Bytes of an image.</param>
/// <param name="Files">Files of the dataset.</param>
/// <param name="MemcpyImagesPerSecond">The floor: the same bytes copied in one piece.</param>
/// <param name="Ways">The loader in several ways.</param>
public sealed record LoaderBenchmarkResult(
    int BatchSize, int ImageBytes, int Files, double MemcpyImagesPerSecond, IReadOnlyList<LoaderRate> Ways);

/// <summary>One way of loading.</summary>
/// <param name="Way">How images are ordered and read.</param>
/// <param name="ImagesPerSecond">Median over the rounds.</param>
/// <param name="OfMemcpy">As a share of the floor.</param>
public sealed record LoaderRate(string Way, double ImagesPerSecond, double OfMemcpy);
