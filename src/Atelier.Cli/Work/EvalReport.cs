namespace Atelier.Cli.Work;

/// <summary>The JSON document of <c>atelier eval</c>.</summary>
internal sealed record EvalReport(
    string Target, int Count, IReadOnlyDictionary<string, ScoreValue> Metrics);
