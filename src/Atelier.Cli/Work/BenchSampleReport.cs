namespace Atelier.Cli.Work;

/// <summary>The JSON document of <c>atelier bench sample</c>; docs/performance.md says what the keys mean.
/// </summary>
internal sealed record BenchSampleReport(
    string Generator, string ImageSize, string Precision, int Count, int Batch, int Threads,
    double ImagesPerSecond, double Seconds, IReadOnlyList<double> RoundSeconds, double StatisticsSeconds,
    double PeakRssMb);
