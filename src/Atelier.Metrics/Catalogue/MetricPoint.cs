namespace Atelier.Metrics;

/// <summary>A point of a curve that a number sums up.</summary>
/// <param name="X">Its place on the horizontal axis.</param>
/// <param name="Y">Its place on the vertical axis.</param>
public sealed record MetricPoint(double X, double Y);
