namespace Atelier.Data.Charts;

/// <summary>Points that belong together, in the order in which a line joins them.</summary>
/// <param name="Name">Its word in the legend.</param>
/// <param name="Points">The points.</param>
/// <param name="IsBroken">True for a broken line without dots: there to compare with.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points, bool IsBroken = false);
