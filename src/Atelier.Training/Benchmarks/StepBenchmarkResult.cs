namespace Atelier.Training.Benchmarks;

/// <summary>What training steps took.</summary>
/// <param name="StepSeconds">Each timed step.</param>
/// <param name="SecondsPerStep">Their median.</param>
/// <param name="ImagesPerStep">Real images of a step.</param>
/// <param name="ImagesPerSecond">Real images a second at the median.</param>
/// <param name="Phases">Of the median step.</param>
/// <param name="PeakRssMb">Largest resident set during the steps in MiB.</param>
/// <param name="GeneratorParameters">Learnable numbers of G.</param>
/// <param name="DiscriminatorParameters">Those of D.</param>
/// <param name="Floor">The step's convolutions and products alone; null where it was not measured.</param>
public sealed record StepBenchmarkResult(
    IReadOnlyList<double> StepSeconds, double SecondsPerStep, long ImagesPerStep, double ImagesPerSecond,
    PhaseSeconds Phases, double PeakRssMb, long GeneratorParameters, long DiscriminatorParameters,
    StepFloor? Floor);
