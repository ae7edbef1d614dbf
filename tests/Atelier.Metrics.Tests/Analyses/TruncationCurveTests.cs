namespace Atelier.Metrics.Tests;

public sealed class TruncationCurveTests
{
    [Fact]
    public void Points_AreSortedFromNoTruncationToTheStrongest()
    {
        var curve = new TruncationCurve([At(0.5, 3, 4), At(null, 1, 2), At(2, 2, 3)], null);

        Assert.Equal([null, 2.0, 0.5], curve.Points.Select(static p => p.Threshold));
        Assert.Equal(1, curve.Untruncated!.Fid.Value);
    }

    [Fact]
    public void BestPoints_AreThoseOfTheNumbersWhereverTheyLie()
    {
        var curve = new TruncationCurve([At(null, 5, 2), At(2, 4, 9), At(0.5, 8, 6)], null);

        Assert.Equal(2, curve.BestFid.Threshold);
        Assert.Equal(2, curve.BestScore.Threshold);
    }

    [Fact]
    public void AtRealScore_LiesOnTheLineBetweenItsNeighbours()
    {
        var curve = new TruncationCurve(
            [At(null, 1, 2), At(2, 3, 6), At(0.5, 9, 8)], Score(5));

        var at = curve.AtRealScore!;

        Assert.Null(at.Before.Threshold);
        Assert.Equal(2, at.After.Threshold);
        Assert.Equal(2.5, at.Fid, 1e-12);
    }

    [Theory]
    [InlineData(1.9)]
    [InlineData(8.1)]
    public void AtRealScore_OutsideTheCurve_IsNone(double real) => Assert.Null(
        new TruncationCurve([At(null, 1, 2), At(2, 3, 6), At(0.5, 9, 8)], Score(real)).AtRealScore);

    [Fact]
    public void Curve_WithAThresholdTwice_IsRefused() => Assert.Throws<AtelierException>(
        () => new TruncationCurve([At(1, 1, 2), At(1, 3, 6)], null));

    private static CurvePoint At(double? threshold, double fid, double score) =>
        new(threshold, Score(fid), Score(score));

    private static MetricResult Score(double value) => new("x", value, null, new MetricProtocol
    {
        Metric = "x/1", Backbone = "b", BackboneSha256 = "c", Resizer = "none", SampleCount = 10,
        DatasetHash = "d", Precision = "fp32",
    });
}
