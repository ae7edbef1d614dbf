namespace Atelier.Cli.Work;

/// <summary>The JSON document of <c>atelier eval --compare</c>.</summary>
internal sealed record CompareReport(
    string First, string Second, IReadOnlyDictionary<string, ScoreDifference> Metrics);
