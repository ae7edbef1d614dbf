using System.Globalization;
using Atelier.Metrics;

namespace Atelier.Cli.Work;

/// <summary>One score as JSON shows it.</summary>
/// <param name="Value">The number.</param>
/// <param name="Deviation">Its standard deviation, where it has one.</param>
/// <param name="Protocol">The protocol's id.</param>
internal sealed record ScoreValue(double Value, double? Deviation, string Protocol);

/// <summary>Scores in words and for JSON.</summary>
internal static class ScoreLine
{
    /// <summary>The scores by name.</summary>
    public static Dictionary<string, ScoreValue> Of(IReadOnlyList<MetricResult> metrics) =>
        metrics.ToDictionary(
            static m => m.Name, static m => new ScoreValue(m.Value, m.Deviation, m.Protocol.Id),
            StringComparer.Ordinal);

    /// <summary>A line such as "fid 12.3  [protocol]".</summary>
    public static string Text(MetricResult metric)
    {
        var deviation =
            metric.Deviation is { } d ? string.Create(CultureInfo.InvariantCulture, $" ± {d:0.####}") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{metric.Name} {metric.Value:0.####}{deviation}  [{metric.Protocol.Id}]");
    }
}
