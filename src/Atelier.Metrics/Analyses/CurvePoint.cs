namespace Atelier.Metrics;

/// <summary>What a truncation costs and gives.</summary>
/// <param name="Threshold">The largest |z|; null for no truncation.</param>
/// <param name="Fid">FID at it.</param>
/// <param name="Score">The Inception Score at it.</param>
public sealed record CurvePoint(double? Threshold, MetricResult Fid, MetricResult Score);
