namespace Atelier.Metrics;

/// <summary>
/// FID against Inception Score over truncation thresholds, and the three points that the BigGAN paper reports
/// of it (arXiv:1809.11096, section 4.1).
/// </summary>
public sealed class TruncationCurve
{
    /// <summary>Sorts the points: no truncation first, then from large thresholds to small ones.</summary>
    /// <param name="points">At least one, each threshold once.</param>
    /// <param name="real">The Inception Score of held-out real images; null when there are none.</param>
    /// <exception cref="AtelierException">No point, or a threshold twice (Usage).</exception>
    public TruncationCurve(IEnumerable<CurvePoint> points, MetricResult? real)
    {
        Points = [.. points.OrderByDescending(static p => p.Threshold ?? double.PositiveInfinity)];
        Real = real;
        if (Points.Count == 0 || Points.DistinctBy(static p => p.Threshold).Count() != Points.Count)
            throw new AtelierException(
                FailureKind.Usage,
                "A truncation curve needs at least one threshold, and each one once; it was given " +
                $"{string.Join(", ", Points.Select(static p => $"{p.Threshold}"))}.");
    }

    /// <summary>The points, from no truncation to the strongest.</summary>
    public IReadOnlyList<CurvePoint> Points { get; }

    /// <summary>The Inception Score of held-out real images, or null.</summary>
    public MetricResult? Real { get; }

    /// <summary>The point without truncation, when it was measured.</summary>
    public CurvePoint? Untruncated => Points.FirstOrDefault(static p => p.Threshold is null);

    /// <summary>The point of the lowest FID: usually, but not always, no truncation.</summary>
    public CurvePoint BestFid => Points.MinBy(static p => p.Fid.Value)!;

    /// <summary>The point of the highest Inception Score.</summary>
    public CurvePoint BestScore => Points.MaxBy(static p => p.Score.Value)!;

    /// <summary>
    /// Where the curve first passes the real images' Inception Score; null when it never does, or when that
    /// score is not known.
    /// </summary>
    public CurveCrossing? AtRealScore
    {
        get
        {
            if (Real?.Value is not { } score) return null;
            for (var k = 1; k < Points.Count; k++)
            {
                var (before, after) = (Points[k - 1], Points[k]);
                var (near, far) = (before.Score.Value - score, after.Score.Value - score);
                if (near * far > 0) continue;
                var share = near == far ? 0 : near / (near - far);
                return new CurveCrossing(
                    before, after, score,
                    before.Fid.Value + (share * (after.Fid.Value - before.Fid.Value)));
            }

            return null;
        }
    }
}
