namespace Atelier.Cli.Work;

/// <summary>The JSON document of a preflight.</summary>
internal sealed record PreflightReport(
    string Recipe, string Dataset, long Images, int Classes,
    long GeneratorParameters, long DiscriminatorParameters,
    string Precision, double SecondsPerStep, double EstimatedHours, long PeakMemoryBytes, long MemoryBytes,
    long DiskNeededBytes, long DiskFreeBytes);
