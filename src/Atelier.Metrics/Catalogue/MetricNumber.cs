namespace Atelier.Metrics;

/// <summary>One number of a metric.</summary>
/// <param name="Name">Its name in reports: the metric's own where it has one number, else such as
/// <c>kid_mean</c>.</param>
/// <param name="Value">The number.</param>
/// <param name="Deviation">Standard deviation over splits or subsets, where it has one.</param>
public sealed record MetricNumber(string Name, double Value, double? Deviation = null)
{
    /// <summary>What the number is the sum, the mean or the summary of, such as one distance a level of a
    /// pyramid; null for a number that stands alone.</summary>
    public IReadOnlyList<MetricPart>? Parts { get; init; }

    /// <summary>The curve that the number sums up; null for a number that stands alone.</summary>
    public IReadOnlyList<MetricPoint>? Curve { get; init; }
}
