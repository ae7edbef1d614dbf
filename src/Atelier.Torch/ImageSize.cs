using System.Globalization;

namespace Atelier;

/// <summary>The size of an image in pixels; a whole number converts to a square.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
public readonly record struct ImageSize(int Width, int Height)
{
    /// <summary>True when both sides are equal.</summary>
    public bool IsSquare => Width == Height;

    /// <summary>The longer side.</summary>
    public int LongSide => Math.Max(Width, Height);

    /// <summary>The shorter side.</summary>
    public int ShortSide => Math.Min(Width, Height);

    /// <summary>A square.</summary>
    public static ImageSize FromInt32(int side) => new(side, side);

    /// <summary>A square.</summary>
    public static implicit operator ImageSize(int side) => FromInt32(side);

    /// <summary>Reads "32" (a square) or "64x48" (width x height); sides are not checked.</summary>
    public static bool TryParse(string text, out ImageSize size)
    {
        ArgumentNullException.ThrowIfNull(text);
        size = default;
        var parts = text.Split('x', 'X');
        if (parts.Length > 2 || !TrySide(parts[0], out var width) || !TrySide(parts[^1], out var height))
            return false;
        size = new ImageSize(width, height);
        return true;
    }

    /// <summary>The shortest text that <see cref="TryParse"/> reads: "32", or "64x48".</summary>
    public string ToShortText() =>
        IsSquare ? Width.ToString(CultureInfo.InvariantCulture) : ToString();

    /// <summary>Width x height, as in "64x48", also of a square.</summary>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}");

    private static bool TrySide(string text, out int side)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side);
}
