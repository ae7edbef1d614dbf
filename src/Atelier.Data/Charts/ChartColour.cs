namespace Atelier.Data.Charts;

/// <summary>A colour of sRGB.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
public readonly record struct ChartColour(byte Red, byte Green, byte Blue)
{
    /// <summary>Eight colours that people with any colour vision tell apart (Okabe and Ito, 2008).</summary>
    private static readonly ChartColour[] Palette =
    [
        new(0, 114, 178), new(213, 94, 0), new(0, 158, 115), new(204, 121, 167),
        new(230, 159, 0), new(86, 180, 233), new(120, 94, 40), new(110, 110, 110),
    ];

    /// <summary>Lines and letters.</summary>
    public static ChartColour Ink { get; } = new(30, 30, 30);

    /// <summary>What should stand back.</summary>
    public static ChartColour Faint { get; } = new(222, 222, 222);

    /// <summary>The colour of a series by its place; they repeat after eight.</summary>
    public static ChartColour Of(int index) => Palette[index % Palette.Length];

    internal string Hex => $"#{Red:x2}{Green:x2}{Blue:x2}";
}
