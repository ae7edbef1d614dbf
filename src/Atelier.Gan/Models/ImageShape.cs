using System.Globalization;
using System.Text.Json.Serialization;

namespace Atelier.Gan;

/// <summary>
/// Height and width of images in pixels. Recipes and model files write a square as one number and anything
/// else as width x height, such as <c>64x48</c>.
/// </summary>
/// <param name="Height">H.</param>
/// <param name="Width">W.</param>
[JsonConverter(typeof(ImageShapeJson))]
public readonly record struct ImageShape(int Height, int Width)
{
    /// <summary>The longer side, by which plans are chosen and attention is placed.</summary>
    public int LongSide => Math.Max(Height, Width);

    /// <summary>The shorter side.</summary>
    public int ShortSide => Math.Min(Height, Width);

    /// <summary>Whether both sides are equal.</summary>
    public bool IsSquare => Height == Width;

    /// <summary>A square.</summary>
    public static implicit operator ImageShape(int side) => FromInt32(side);

    /// <summary>A square.</summary>
    public static ImageShape FromInt32(int side) => new(side, side);

    /// <summary>Reads width x height, as in <c>64x48</c>; a single number is no such text.</summary>
    public static bool TryParse(string? text, out ImageShape shape)
    {
        shape = default;
        if (text?.Split('x') is not [var across, var down] || !TrySide(across, out var width) ||
            !TrySide(down, out var height))
            return false;
        shape = new ImageShape(height, width);
        return true;
    }

    /// <summary>Width x height, such as <c>64x48</c>, also of a square.</summary>
    public string ToPair() => string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}");

    /// <summary>As recipes spell it: <c>32</c>, or <c>64x48</c>.</summary>
    public override string ToString() =>
        IsSquare ? Height.ToString(CultureInfo.InvariantCulture) : ToPair();

    private static bool TrySide(string text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side) &&
        !text.StartsWith('0');
}
