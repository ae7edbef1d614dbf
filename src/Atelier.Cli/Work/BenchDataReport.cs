using Atelier.Training.Benchmarks;

namespace Atelier.Cli.Work;

/// <summary>The JSON document of <c>atelier bench data</c>; docs/performance.md says what the keys mean.
/// </summary>
internal sealed record BenchDataReport(
    string Data, string ImageSize, PackBenchmarkResult? Packing, LoaderBenchmarkResult Loading,
    double PeakRssMb);
