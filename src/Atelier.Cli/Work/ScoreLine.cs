using System.Globalization;
using Atelier.Metrics;

namespace Atelier.Cli.Work;

/// <summary>One score as JSON shows it.</summary>
/// <param name="Value">The number; of a list its mean.</param>
/// <param name="Deviation">Its standard deviation, where it has one.</param>
/// <param name="Protocol">The protocol's id.</param>
internal sealed record ScoreValue(double Value, double? Deviation, string Protocol)
{
    /// <summary>Of a metric that is a list, its numbers and at the end their mean; else null.</summary>
    public IReadOnlyList<double>? Values { get; init; }

    /// <summary>What each of <see cref="Values"/> is of, such as <c>32</c>, <c>16</c>, <c>mean</c>.</summary>
    public IReadOnlyList<string>? Levels { get; init; }

    /// <summary>Of a number that sums up a curve, its points [x, y]; else null.</summary>
    public IReadOnlyList<double[]>? Curve { get; init; }
}

/// <summary>Scores in words and for JSON.</summary>
internal static class ScoreLine
{
    private const string Mean = "mean";

    /// <summary>The scores by name.</summary>
    public static Dictionary<string, ScoreValue> Of(IReadOnlyList<MetricResult> metrics) =>
        metrics.ToDictionary(static m => m.Name, Of, StringComparer.Ordinal);

    /// <summary>One score.</summary>
    public static ScoreValue Of(MetricResult metric) => new(
        metric.Value, metric.Deviation, metric.Protocol.Id)
    {
        Values = metric.Parts is null ? null : [.. metric.Parts.Select(static p => p.Value), metric.Value],
        Levels = metric.Parts is null ? null : [.. metric.Parts.Select(static p => p.Label), Mean],
        Curve = metric.Curve is null ? null : [.. metric.Curve.Select(static p => new[] { p.X, p.Y })],
    };

    /// <summary>A line such as "fid 12.3  [protocol]".</summary>
    public static string Text(MetricResult metric)
    {
        var deviation =
            metric.Deviation is { } d ? string.Create(CultureInfo.InvariantCulture, $" ± {d:0.####}") : "";
        var parts = metric.Parts is { } list
            ? $" ({string.Join(", ", list.Select(static p => string.Create(
                CultureInfo.InvariantCulture, $"{p.Label}: {p.Value:0.####}")))})"
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{metric.Name} {metric.Value:0.####}{deviation}{parts}  [{metric.Protocol.Id}]");
    }
}
