namespace Atelier.Cli.Work;

/// <summary>The JSON document of <c>atelier ablate</c>.</summary>
/// <param name="Folder">The folder of the runs and the tables.</param>
/// <param name="Recipe">The recipe that the baseline was made from.</param>
/// <param name="Steps">Steps of each run.</param>
/// <param name="Count">Images of each score.</param>
/// <param name="OneAtATime">Whether each change stands alone over the baseline.</param>
/// <param name="IsComplete">False when a signal stopped it; the same command goes on.</param>
/// <param name="FidProtocol">The protocol of every FID.</param>
/// <param name="IsProtocol">The protocol of every Inception Score.</param>
/// <param name="Rows">The rows in order.</param>
internal sealed record AblateReport(
    string Folder, string Recipe, long Steps, int Count, bool OneAtATime, bool IsComplete,
    string? FidProtocol, string? IsProtocol, IReadOnlyList<AblateReportRow> Rows);
