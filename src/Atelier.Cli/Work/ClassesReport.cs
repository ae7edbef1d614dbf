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

/// <summary>One class.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="RealImages">Real images of it.</param>
/// <param name="Fid">FID between its generated and its real images.</param>
/// <param name="Recognised">The share that the classifier takes for it, 0 to 1.</param>
/// <param name="Protocol">The protocol of the FID.</param>
internal sealed record ClassesReportRow(
    int Id, string Name, int RealImages, double Fid, double Recognised, string Protocol);
