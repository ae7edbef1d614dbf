namespace Atelier.Metrics;

/// <summary>One number of a metric with the protocol under which it was taken.</summary>
/// <param name="Name">Name of the number, such as <c>fid</c> or <c>kid_mean</c>.</param>
/// <param name="Value">The number.</param>
/// <param name="Deviation">Standard deviation over splits or subsets, where the metric has one.</param>
/// <param name="Protocol">Everything that the number depends on.</param>
public sealed record MetricResult(string Name, double Value, double? Deviation, MetricProtocol Protocol)
{
    /// <summary>What the number is the mean or the summary of, for a metric that is a list; else
    /// null.</summary>
    public IReadOnlyList<MetricPart>? Parts { get; init; }

    /// <summary>The curve that the number sums up, for a metric that is a curve; else null.</summary>
    public IReadOnlyList<MetricPoint>? Curve { get; init; }
}
