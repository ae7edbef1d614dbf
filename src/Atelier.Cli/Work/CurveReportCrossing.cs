namespace Atelier.Cli.Work;

/// <summary>Where the curve passes the real images' score.</summary>
/// <param name="Before">The measured point of the larger threshold.</param>
/// <param name="After">The measured point of the smaller threshold.</param>
/// <param name="Fid">FID on the straight line between them.</param>
internal sealed record CurveReportCrossing(CurveReportPoint Before, CurveReportPoint After, double Fid);
