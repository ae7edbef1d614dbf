namespace Atelier.Cli.Work;

/// <summary>One point.</summary>
/// <param name="Threshold">The largest |z|; left out for no truncation.</param>
/// <param name="Fid">FID.</param>
/// <param name="Is">Inception Score.</param>
/// <param name="IsDeviation">Its deviation over splits.</param>
internal sealed record CurveReportPoint(double? Threshold, double Fid, double Is, double? IsDeviation);
