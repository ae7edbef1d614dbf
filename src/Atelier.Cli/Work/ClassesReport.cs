namespace Atelier.Cli.Work;

/// <summary>The JSON document of <c>atelier classes</c>.</summary>
/// <param name="Model">The model's file.</param>
/// <param name="Count">Generated images of each class.</param>
/// <param name="Features">Features of an image; FID over fewer images is strongly biased.</param>
/// <param name="Truncation">The largest |z|, where there was one.</param>
/// <param name="Classes">The easiest class first.</param>
/// <param name="MeanFid">The mean of the classes' FIDs.</param>
/// <param name="Files">What was written.</param>
internal sealed record ClassesReport(
    string Model, int Count, int Features, double? Truncation, IReadOnlyList<ClassesReportRow> Classes,
    double MeanFid, IReadOnlyList<string> Files);
