namespace Atelier.Metrics.Tests;

/// <summary>Repeatable made-up numbers.</summary>
internal static class Numbers
{
    /// <summary>Rows [n, d] whose features differ in mean, scale and correlation.</summary>
    public static float[] Rows(int n, int d, int seed, double shift = 0)
    {
        var random = new Random(seed);
        var rows = new float[n * d];
        for (var i = 0; i < n; i++)
        {
            var common = random.NextDouble();
            for (var j = 0; j < d; j++)
            {
                var own = random.NextDouble() * (d - j);
                rows[(i * d) + j] = (float)(shift + (j * 0.3) + (common * (1 + j)) + own);
            }
        }

        return rows;
    }

    public static FeatureMoments Moments(float[] rows, int dimension)
    {
        var statistics = new FeatureStatistics(dimension);
        statistics.Add(rows);
        return statistics.ToMoments();
    }

    public static void AssertRelative(double expected, double actual, double tolerance) =>
        Assert.True(
            Math.Abs(expected - actual) <= tolerance * Math.Abs(expected),
            $"expected {expected:R}, got {actual:R}, relative tolerance {tolerance:R}");
}
