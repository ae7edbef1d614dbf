namespace Atelier.Data.Charts;

/// <summary>A point of a series.</summary>
/// <param name="X">Its place on the horizontal axis.</param>
/// <param name="Y">Its place on the vertical axis.</param>
/// <param name="Label">Words beside it, or null.</param>
/// <param name="IsMarked">True to draw a ring around it.</param>
public sealed record ChartPoint(double X, double Y, string? Label = null, bool IsMarked = false);
