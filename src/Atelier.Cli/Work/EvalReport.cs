using System.Text.Json;
using System.Text.Json.Serialization;
using Atelier.Cli.Output;
using Atelier.Metrics;

namespace Atelier.Cli.Work;

/// <summary>
/// The JSON document of <c>atelier eval</c>. Every number stands under its name both in <c>metrics</c>, for
/// readers that go through them, and beside it, for readers that look one up.
/// </summary>
internal sealed record EvalReport(
    string Target, int Count, IReadOnlyDictionary<string, ScoreValue> Metrics)
{
    /// <summary>The numbers once more, at the top.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? ByName { get; set; }

    /// <summary>A report.</summary>
    public static EvalReport Of(string target, int count, IReadOnlyList<MetricResult> results)
    {
        var scores = ScoreLine.Of(results);
        return new EvalReport(target, count, scores)
        {
            ByName = scores.ToDictionary(
                static s => s.Key,
                static s => JsonSerializer.SerializeToElement(s.Value, OutputJson.Default.ScoreValue),
                StringComparer.Ordinal),
        };
    }
}
