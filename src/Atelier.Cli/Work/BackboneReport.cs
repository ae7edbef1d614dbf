namespace Atelier.Cli.Work;

/// <summary>The JSON document of <c>atelier backbone train</c>.</summary>
internal sealed record BackboneReport(
    string Path, double TestAccuracy, double Seconds, long Bytes, string Sha256);
