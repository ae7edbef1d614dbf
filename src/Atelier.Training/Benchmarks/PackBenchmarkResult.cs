namespace Atelier.Training.Benchmarks;

/// <summary>How fast images are packed.</summary>
/// <param name="Images">How many there are.</param>
/// <param name="Threads">Threads that decode.</param>
/// <param name="Parts">Decoding alone, then each round of the whole.</param>
/// <param name="ImagesPerSecond">Of the whole, median over the rounds.</param>
public sealed record PackBenchmarkResult(
    int Images, int Threads, IReadOnlyList<PackRate> Parts, double ImagesPerSecond);

/// <summary>One part of packing.</summary>
/// <param name="Part">What was done.</param>
/// <param name="ImagesPerSecond">By the clock.</param>
/// <param name="Seconds">By the clock.</param>
/// <param name="ProcessorSeconds">Of all threads.</param>
public sealed record PackRate(string Part, double ImagesPerSecond, double Seconds, double ProcessorSeconds);
