namespace Atelier.Cli.Work;

/// <summary>One class.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="RealImages">Real images of it.</param>
/// <param name="Fid">FID between its generated and its real images.</param>
/// <param name="Recognised">The share that the classifier takes for it, 0 to 1.</param>
/// <param name="Protocol">The protocol of the FID.</param>
internal sealed record ClassesReportRow(
    int Id, string Name, int RealImages, double Fid, double Recognised, string Protocol);
