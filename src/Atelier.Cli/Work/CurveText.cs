using System.Globalization;
using Atelier.Cli.Output;
using Atelier.Data.Charts;
using Atelier.Metrics;

namespace Atelier.Cli.Work;

/// <summary>A truncation curve for people, for a plot and for JSON.</summary>
internal static class CurveText
{
    private const double LogarithmicFrom = 20;

    /// <summary>One point in a line.</summary>
    public static string Line(CurvePoint point) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name(point)}: FID {point.Fid.Value:0.####}, IS {point.Score.Value:0.####}");

    /// <summary>The table, the three points of the paper, and the protocols.</summary>
    public static IEnumerable<string> Lines(TruncationCurve curve)
    {
        var rows = curve.Points.Select(static p => (IReadOnlyList<string>)
            [Name(p), Number(p.Fid.Value), $"{Number(p.Score.Value)} ± {Number(p.Score.Deviation ?? 0)}"]);
        foreach (var line in TextTable.Lines(["truncation", "FID", "IS"], rows)) yield return line;
        if (curve.Untruncated is { } plain) yield return $"no truncation   {Values(plain)}";
        if (curve.BestFid != curve.Untruncated)
            yield return $"lowest FID      {Values(curve.BestFid)}, at {Name(curve.BestFid)}";
        if (curve.Real is { } real) yield return $"IS of real data {Crossing(curve, real)}";
        yield return $"highest IS      {Values(curve.BestScore)}, at {Name(curve.BestScore)}";
        yield return $"[{curve.Points[0].Fid.Protocol.Id}] [{curve.Points[0].Score.Protocol.Id}]";
    }

    /// <summary>FID over IS, the points named by their thresholds, the paper's points ringed.</summary>
    public static Chart Chart(TruncationCurve curve, string model)
    {
        var (low, high) = (curve.BestFid.Fid.Value, curve.Points.Max(static p => p.Fid.Value));
        var isLogarithmic = low > 0 && high / low > LogarithmicFrom;
        return new Chart
        {
            Title = $"Truncation of {model}: the largest |z| beside each point",
            XName = "Inception Score (more: better)",
            YName = $"FID (less: better{(isLogarithmic ? "; logarithmic" : "")})",
            IsYLogarithmic = isLogarithmic,
            Series =
            [
                new ChartSeries(model, [.. curve.Points.Select(p => new ChartPoint(
                    p.Score.Value, p.Fid.Value, Label(curve, p), Marks(curve, p).Count > 0))]),
            ],
            Guides = curve.Real is { } real ? [(real.Value, "IS of held-out images")] : [],
        };
    }

    /// <summary>The JSON document.</summary>
    public static CurveReport Report(
        TruncationCurve curve, string path, int count, IReadOnlyList<string> files) => new(
        path, count, [.. curve.Points.Select(Of)], curve.Points[0].Fid.Protocol.Id,
        curve.Points[0].Score.Protocol.Id, Of(curve.BestFid),
        curve.Real is { } real ? new ScoreValue(real.Value, real.Deviation, real.Protocol.Id) : null,
        curve.AtRealScore is { } at ? new CurveReportCrossing(Of(at.Before), Of(at.After), at.Fid) : null,
        Of(curve.BestScore), files);

    private static CurveReportPoint Of(CurvePoint point) =>
        new(point.Threshold, point.Fid.Value, point.Score.Value, point.Score.Deviation);

    private static string Crossing(TruncationCurve curve, MetricResult real)
    {
        var lowest = curve.Points.Min(static p => p.Score.Value);
        return curve.AtRealScore is { } at
            ? $"{Number(at.Score)} is passed between {Name(at.Before)} and {Name(at.After)}, " +
              $"at FID {Number(at.Fid)}"
            : $"{Number(real.Value)} is not passed: the curve runs from {Number(lowest)} to " +
              $"{Number(curve.BestScore.Score.Value)}";
    }

    private static List<string> Marks(TruncationCurve curve, CurvePoint point)
    {
        var marks = new List<string>();
        if (point == curve.BestFid) marks.Add("lowest FID");
        if (curve.AtRealScore is { } at)
        {
            var nearer = Math.Abs(at.Before.Score.Value - at.Score) <= Math.Abs(
                at.After.Score.Value - at.Score) ? at.Before : at.After;
            if (point == nearer) marks.Add("real IS");
        }

        if (point == curve.BestScore) marks.Add("highest IS");
        return marks;
    }

    private static string Label(TruncationCurve curve, CurvePoint point)
    {
        var marks = Marks(curve, point);
        var name = point.Threshold is { } t ? Number(t) : "none";
        return marks.Count == 0 ? name : $"{name}: {string.Join(", ", marks)}";
    }

    private static string Name(CurvePoint point) =>
        point.Threshold is { } threshold ? $"|z| <= {Number(threshold)}" : "none";

    private static string Values(CurvePoint point) =>
        $"FID {Number(point.Fid.Value)}, IS {Number(point.Score.Value)}";

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
