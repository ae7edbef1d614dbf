using System.Globalization;
using Atelier.Data.Charts;

namespace Atelier.Metrics;

/// <summary>Precision-recall curves as a picture.</summary>
public static class PrecisionRecallChart
{
    /// <summary>A line over recall, from full precision down to full recall.</summary>
    /// <param name="name">What was scored.</param>
    /// <param name="results">Results of the metric <c>prd</c>, among others.</param>
    /// <returns>The picture; null where there is no curve among the results.</returns>
    public static Chart? Of(string name, IReadOnlyList<MetricResult> results)
    {
        var whole = results.FirstOrDefault(static r => r.Curve is not null);
        if (whole is null) return null;
        var scores = string.Join(", ", results.Where(r => r.Protocol == whole.Protocol).Select(
            static r => string.Create(CultureInfo.InvariantCulture, $"{r.Name} {r.Value:F3}")));
        return new Chart
        {
            Title = $"{scores}: {name}",
            XName = "recall",
            YName = "precision",
            IsYFromZero = true,
            Series = [new ChartSeries(name, [.. whole.Curve!.Select(static p => new ChartPoint(p.X, p.Y))])],
        };
    }
}
