using Atelier.Training.Benchmarks;

namespace Atelier.Cli.Work;

/// <summary>The JSON document of <c>atelier bench eval</c>; docs/performance.md says what the keys mean.
/// </summary>
internal sealed record BenchEvalReport(
    string Data, string Backbone, string Precision, int Count, int Batch, int Threads,
    double ImagesPerSecond, double Seconds, double PeakRssMb, IReadOnlyList<MetricCost> Metrics);
