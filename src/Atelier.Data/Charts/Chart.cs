namespace Atelier.Data.Charts;

/// <summary>A plot of lines over two numeric axes.</summary>
public sealed record Chart
{
    /// <summary>What is shown, in one line.</summary>
    public required string Title { get; init; }

    /// <summary>What the horizontal axis counts.</summary>
    public required string XName { get; init; }

    /// <summary>What the vertical axis counts.</summary>
    public required string YName { get; init; }

    /// <summary>The lines; at least one with a point. A legend names them when there are several.</summary>
    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>Upright broken lines with a name, at a place of the horizontal axis.</summary>
    public IReadOnlyList<(double X, string Name)> Guides { get; init; } = [];

    /// <summary>True where the vertical axis must begin at zero.</summary>
    public bool IsYFromZero { get; init; }

    /// <summary>True for a logarithmic vertical axis; every Y must be positive.</summary>
    public bool IsYLogarithmic { get; init; }
}
