namespace Atelier.Cli.Work;

/// <summary>The JSON document of <c>atelier train</c>.</summary>
internal sealed record TrainReport(
    string Run, long Step, long TotalSteps, bool Stopped, IReadOnlyDictionary<string, ScoreValue> Metrics);
