namespace Atelier.Cli.Work;

/// <summary>The JSON document of <c>atelier curve</c>.</summary>
/// <param name="Model">The model's file.</param>
/// <param name="Count">Images of each point.</param>
/// <param name="Points">From no truncation to the strongest.</param>
/// <param name="FidProtocol">The protocol of every FID.</param>
/// <param name="IsProtocol">The protocol of every Inception Score of the model.</param>
/// <param name="BestFid">The point of the lowest FID.</param>
/// <param name="RealIs">The Inception Score of held-out real images, where there are any.</param>
/// <param name="AtRealIs">Where the curve passes it, where it does.</param>
/// <param name="BestIs">The point of the highest Inception Score.</param>
/// <param name="Files">What was written.</param>
internal sealed record CurveReport(
    string Model, int Count, IReadOnlyList<CurveReportPoint> Points, string FidProtocol, string IsProtocol,
    CurveReportPoint BestFid, ScoreValue? RealIs, CurveReportCrossing? AtRealIs, CurveReportPoint BestIs,
    IReadOnlyList<string> Files);
