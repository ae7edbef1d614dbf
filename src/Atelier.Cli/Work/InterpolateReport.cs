namespace Atelier.Cli.Work;

/// <summary>The JSON document of <c>atelier interpolate</c>.</summary>
/// <param name="Model">The model's file.</param>
/// <param name="Between">"z", "class" or "both".</param>
/// <param name="Path">"linear" or "sphere".</param>
/// <param name="Rows">The classes at both ends of each row.</param>
/// <param name="Steps">Pictures of a row.</param>
/// <param name="Seed">The seed of the latents.</param>
/// <param name="Truncation">The largest |z|, where there was one.</param>
/// <param name="Picture">The PNG, where one was written.</param>
/// <param name="Animation">The animated PNG, where one was written.</param>
internal sealed record InterpolateReport(
    string Model, string Between, string Path, IReadOnlyList<InterpolateRow> Rows, int Steps, long Seed,
    double? Truncation, string? Picture, string? Animation);
