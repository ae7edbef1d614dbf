using Atelier.Nn;

namespace Atelier.Training.Benchmarks;

/// <summary>How sampling is measured.</summary>
/// <param name="Count">Images of a round.</param>
/// <param name="Batch">Images of one pass.</param>
/// <param name="Rounds">Rounds, of which the median counts.</param>
/// <param name="Precision">What the heavy operators run in.</param>
public sealed record SampleBenchmarkOptions(int Count, int Batch, int Rounds, Precision Precision);
