namespace Atelier.Cli.Work;

/// <summary>The JSON document of <c>atelier train</c>.</summary>
internal sealed record TrainReport(
    string Run, long Step, long TotalSteps, bool Stopped, IReadOnlyDictionary<string, ScoreValue> Metrics);

/// <summary>The JSON document of <c>atelier sample</c>.</summary>
internal sealed record SampleReport(
    string Model, int Count, string? Picture, string? Raw, double? Truncation);

/// <summary>The JSON document of <c>atelier eval</c>.</summary>
internal sealed record EvalReport(
    string Target, int Count, IReadOnlyDictionary<string, ScoreValue> Metrics);

/// <summary>The JSON document of <c>atelier backbone train</c>.</summary>
internal sealed record BackboneReport(
    string Path, double TestAccuracy, double Seconds, long Bytes, string Sha256);

/// <summary>The JSON document of a preflight.</summary>
internal sealed record PreflightReport(
    string Recipe, string Dataset, long Images, int Classes,
    long GeneratorParameters, long DiscriminatorParameters,
    string Precision, double SecondsPerStep, double EstimatedHours, long PeakMemoryBytes, long MemoryBytes,
    long DiskNeededBytes, long DiskFreeBytes);
