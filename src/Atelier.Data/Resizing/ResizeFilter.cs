namespace Atelier.Data.Resizing;

/// <summary>
/// How pixels are weighted when an image changes its size. All but Area and Nearest are Pillow's, with its
/// support scaling.
/// </summary>
public enum ResizeFilter
{
    /// <summary>
    /// Each result pixel is the mean of the area that it covers, border pixels by their share.
    /// </summary>
    Area,

    /// <summary>Pillow's BOX: the mean of the pixels whose centres are covered.</summary>
    Box,

    /// <summary>A triangle, radius 1.</summary>
    Bilinear,

    /// <summary>Keys' cubic with a = -0.5, radius 2.</summary>
    Bicubic,

    /// <summary>A windowed sinc, radius 3.</summary>
    Lanczos,

    /// <summary>The pixel under the centre of the result pixel, without antialiasing.</summary>
    Nearest,
}
