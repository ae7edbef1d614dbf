namespace Atelier.Cli.Work;

/// <summary>A distance in each space that was asked for.</summary>
internal sealed record NearestDistances(double? Pixels, double? Features);
