using Atelier.Training.Benchmarks;

namespace Atelier.Cli.Work;

/// <summary>The JSON document of <c>atelier bench step</c>; docs/performance.md says what the keys mean.
/// </summary>
internal sealed record BenchStepReport
{
    public required string Recipe { get; init; }

    public required string Data { get; init; }

    public required string ImageSize { get; init; }

    public required int Channels { get; init; }

    public required BenchModel Model { get; init; }

    public required string Precision { get; init; }

    public required string Device { get; init; }

    public required int BatchSize { get; init; }

    public required int DiscriminatorSteps { get; init; }

    public required int Accumulation { get; init; }

    public required int Threads { get; init; }

    public required string Libtorch { get; init; }

    public required double ImagesPerSecond { get; init; }

    public required double SecondsPerStep { get; init; }

    public required long ImagesPerStep { get; init; }

    public required int WarmUpSteps { get; init; }

    public required IReadOnlyList<double> StepSeconds { get; init; }

    public double? FloorImagesPerSecond { get; init; }

    public double? FloorRatio { get; init; }

    public double? FloorSeconds { get; init; }

    public double? FloorTeraflop { get; init; }

    public required double PeakRssMb { get; init; }

    public required PhaseSeconds Phases { get; init; }

    public PhaseSeconds? FloorPhases { get; init; }

    public string? Profile { get; init; }
}
