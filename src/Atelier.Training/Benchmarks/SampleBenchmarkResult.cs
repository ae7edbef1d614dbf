namespace Atelier.Training.Benchmarks;

/// <summary>How fast a generator samples.</summary>
/// <param name="ImagesPerSecond">At the median round.</param>
/// <param name="Seconds">Of the median round.</param>
/// <param name="RoundSeconds">Each round.</param>
/// <param name="StatisticsSeconds">What gathering standing statistics took, once before.</param>
/// <param name="PeakRssMb">Largest resident set in MiB.</param>
public sealed record SampleBenchmarkResult(
    double ImagesPerSecond, double Seconds, IReadOnlyList<double> RoundSeconds, double StatisticsSeconds,
    double PeakRssMb);
