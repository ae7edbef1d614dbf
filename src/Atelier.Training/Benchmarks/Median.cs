namespace Atelier.Training.Benchmarks;

/// <summary>The middle of repeated measurements.</summary>
internal static class Median
{
    /// <summary>The middle one, of an even number the upper of the two in the middle.</summary>
    public static double Of(IEnumerable<double> values) => Of(values, static value => value);

    /// <summary>The same by a key.</summary>
    public static T Of<T>(IEnumerable<T> values, Func<T, double> key)
    {
        var sorted = values.OrderBy(key).ToList();
        return sorted[sorted.Count / 2];
    }
}
