namespace Atelier.Training.Benchmarks;

/// <summary>What scoring costs.</summary>
/// <param name="ImagesPerSecond">Images a second through the backbone, at the median round.</param>
/// <param name="Seconds">Of the median round.</param>
/// <param name="Count">Images of a round.</param>
/// <param name="PeakRssMb">Largest resident set during extraction in MiB.</param>
/// <param name="Metrics">Each metric alone.</param>
public sealed record EvalBenchmarkResult(
    double ImagesPerSecond, double Seconds, int Count, double PeakRssMb, IReadOnlyList<MetricCost> Metrics);

/// <summary>What one metric costs.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Seconds">All of it: features of both sides, and the computation.</param>
/// <param name="ComputingSeconds">The computation alone.</param>
/// <param name="PeakRssMb">Largest resident set in MiB.</param>
public sealed record MetricCost(string Metric, double Seconds, double ComputingSeconds, double PeakRssMb);
