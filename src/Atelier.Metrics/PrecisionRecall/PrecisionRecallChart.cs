using System.Globalization;
using Atelier.Data.Charts;

namespace Atelier.Metrics;

/// <summary>Precision-recall curves as a picture.</summary>
public static class PrecisionRecallChart
{
    /// <summary>One line a model, precision over recall.</summary>
    /// <param name="curves">Names and curves, at least one.</param>
    public static Chart Of(IReadOnlyList<(string Name, PrecisionRecallCurve Curve)> curves) => new()
    {
        Title = "Precision and recall of distributions",
        XName = "recall",
        YName = "precision",
        IsYFromZero = true,
        Series = [.. curves.Select(c => new ChartSeries(Legend(c.Name, c.Curve), Points(c.Curve)))],
    };

    private static string Legend(string name, PrecisionRecallCurve curve) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name} (F8 {curve.LargestFScore(8):F3}, F1/8 {curve.LargestFScore(1.0 / 8):F3})");

    /// <summary>Every tenth angle: a line of a thousand dots would be a band.</summary>
    private static IReadOnlyList<ChartPoint> Points(PrecisionRecallCurve curve)
    {
        var step = Math.Max(1, (curve.Precision.Count - 1) / 40);
        return
        [
            .. Enumerable.Range(0, curve.Precision.Count)
                .Where(k => k % step == 0 || k == curve.Precision.Count - 1)
                .Select(k => new ChartPoint(curve.Recall[k], curve.Precision[k])),
        ];
    }
}
