using System.Numerics;

namespace Atelier.Metrics;

/// <summary>
/// Sorts out, in a row of float32 products, the pairs whose distance may lie below a threshold of the row or
/// of the column. Nearly all pairs end here, so it goes over each number once, many at a time.
/// </summary>
internal static class PairScreen
{
    // Products of tiny numbers may vanish in float32; this is more than they all can be.
    private const double Vanished = 1e-36;

    /// <summary>
    /// What g - h must reach for half a squared distance s + h - g to be at most half a threshold, rounded
    /// so that no pair is lost: infinity where nothing can be below the threshold.
    /// </summary>
    /// <param name="half">s, the lower bound of half the squared norm.</param>
    /// <param name="squaredThreshold">The threshold, 0 or more, or infinity.</param>
    public static float Reach(float half, double squaredThreshold) => squaredThreshold switch
    {
        0 => float.PositiveInfinity,
        double.PositiveInfinity => float.NegativeInfinity,
        _ => MathF.BitDecrement((float)(half - (squaredThreshold / 2) - Vanished)),
    };

    /// <summary>As <see cref="Reach"/> with upper bounds: what surely lies below the threshold.</summary>
    public static float SureReach(float half, double squaredThreshold) =>
        MathF.BitIncrement((float)(half - (squaredThreshold / 2) + Vanished));

    /// <summary>The columns that are within reach of the row, or the row within theirs.</summary>
    /// <param name="products">g [N].</param>
    /// <param name="columnHalves">Lower bounds h [N] of the columns.</param>
    /// <param name="columnReaches">Of the columns, [N].</param>
    /// <param name="rowHalf">The lower bound of the row.</param>
    /// <param name="rowReach">Of the row.</param>
    /// <param name="found">Room for N.</param>
    /// <returns>How many were found.</returns>
    public static int Collect(
        ReadOnlySpan<float> products, ReadOnlySpan<float> columnHalves, ReadOnlySpan<float> columnReaches,
        float rowHalf, float rowReach, Span<int> found)
    {
        var count = 0;
        var (half, reach) = (new Vector<float>(rowHalf), new Vector<float>(rowReach));
        var n = 0;
        for (; n <= products.Length - Vector<float>.Count; n += Vector<float>.Count)
        {
            var g = new Vector<float>(products[n..]);
            var hits = Vector.GreaterThanOrEqual(g - new Vector<float>(columnHalves[n..]), reach)
                | Vector.GreaterThanOrEqual(g - half, new Vector<float>(columnReaches[n..]));
            if (hits == Vector<int>.Zero) continue;
            for (var lane = 0; lane < Vector<float>.Count; lane++)
                if (hits[lane] != 0)
                    found[count++] = n + lane;
        }

        for (; n < products.Length; n++)
            if (products[n] - columnHalves[n] >= rowReach || products[n] - rowHalf >= columnReaches[n])
                found[count++] = n;
        return count;
    }
}
