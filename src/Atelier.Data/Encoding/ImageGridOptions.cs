namespace Atelier.Data.Pictures;

/// <summary>How a grid of images is laid out.</summary>
public sealed record ImageGridOptions
{
    /// <summary>Images in a column, at least 1. Rows times columns may exceed the number of images.</summary>
    public required int Rows { get; init; }

    /// <summary>Images in a row, at least 1.</summary>
    public required int Columns { get; init; }

    /// <summary>Pixels around and between the images, from 0.</summary>
    public int Padding { get; init; } = 2;

    /// <summary>
    /// Each pixel becomes a square of this side; null picks one that shows tiny images large enough.
    /// </summary>
    public int? Scale { get; init; }

    /// <summary>
    /// Grey level of everything between the images; labels are drawn in black or white, whichever differs.
    /// </summary>
    public byte Background { get; init; } = 255;

    /// <summary>
    /// Words at the left of the rows, first row first, such as class names; null or fewer for none.
    /// </summary>
    public IReadOnlyList<string>? RowLabels { get; init; }

    /// <summary>Letters of a row's words; longer ones are cut. At least 3.</summary>
    public int LongestLabel { get; init; } = 20;
}
