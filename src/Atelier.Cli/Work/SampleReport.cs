namespace Atelier.Cli.Work;

/// <summary>The JSON document of <c>atelier sample</c>.</summary>
internal sealed record SampleReport(
    string Model, int Count, string? Picture, string? Raw, double? Truncation);
