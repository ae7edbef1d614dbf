namespace Atelier.Metrics;

/// <summary>Where a curve passes a given Inception Score.</summary>
/// <param name="Before">The last point on the near side, of the larger threshold.</param>
/// <param name="After">The first point on the far side.</param>
/// <param name="Score">The Inception Score that is passed.</param>
/// <param name="Fid">FID there, on the straight line between the two points.</param>
public sealed record CurveCrossing(CurvePoint Before, CurvePoint After, double Score, double Fid);
