using Atelier.Nn;
using Atelier.Torch;

namespace Atelier.Training.Benchmarks;

/// <summary>How training steps are measured.</summary>
public sealed record StepBenchmarkOptions
{
    /// <summary>Fewest timed steps of which a median means something.</summary>
    public const int LeastSteps = 5;

    /// <summary>Steps before the timed ones.</summary>
    public int WarmUpSteps { get; init; } = 2;

    /// <summary>Timed steps.</summary>
    public int Steps { get; init; } = LeastSteps;

    /// <summary>What the heavy operators run in.</summary>
    public Precision Precision { get; init; }

    /// <summary>Where the networks are.</summary>
    public Device Device { get; init; } = Device.Cpu;

    /// <summary>Whether the step's convolutions and products are timed alone, too.</summary>
    public bool MeasuresFloor { get; init; } = true;

    /// <summary>Where the trace of one more step goes, in Chrome's format; null for none.</summary>
    public string? TracePath { get; init; }
}
