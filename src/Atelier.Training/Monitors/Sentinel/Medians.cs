namespace Atelier.Training.Monitors;

/// <summary>Robust statistics of a few numbers.</summary>
internal static class Medians
{
    // Of a normal distribution the median of |x - median| is this part of a standard deviation.
    private const double DeviationsOfNormal = 0.6745;

    /// <summary>The median; of an even count the mean of the two in the middle.</summary>
    public static double Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The standard deviation that a normal distribution of this median deviation has.</summary>
    public static double Spread(IReadOnlyCollection<double> values, double median) =>
        Of(values.Select(v => Math.Abs(v - median))) / DeviationsOfNormal;
}
