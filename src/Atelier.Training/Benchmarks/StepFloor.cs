namespace Atelier.Training.Benchmarks;

/// <summary>What a step's convolutions and matrix products take alone; see <see cref="FloorPlan"/>.</summary>
/// <param name="Seconds">Of one step.</param>
/// <param name="ImagesPerSecond">Real images a second if there were nothing else.</param>
/// <param name="Ratio">Measured images a second over these.</param>
/// <param name="TeraFlop">Floating point operations of one step in units of 10^12.</param>
/// <param name="Phases">Seconds by phase.</param>
public sealed record StepFloor(
    double Seconds, double ImagesPerSecond, double Ratio, double TeraFlop, PhaseSeconds Phases);
