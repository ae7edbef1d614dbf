namespace Atelier.Metrics.Tests;

/// <summary>
/// Samples in two groups about 14,000 apart, whole numbers, so that exact distances are whole numbers too,
/// with many ties: within a group they are below 10. About the common mean a half squared norm is about 24
/// million, of which float32 keeps even numbers at best, and a sum of products less.
/// </summary>
internal static class FarGroups
{
    /// <summary>[count, dimension], row-major; samples take turns between the groups.</summary>
    public static float[] Rows(int count, int dimension, int seed)
    {
        var random = new Random(seed);
        var rows = new float[count * dimension];
        for (var k = 0; k < rows.Length; k++)
        {
            var (sample, place) = (k / dimension, k % dimension);
            rows[k] = ((sample % 2 == 0 ? 1 : -1) * (990 + place)) + (random.Next(6) == 0 ? 1 : 0);
        }

        return rows;
    }
}
