namespace Atelier.Metrics;

/// <summary>Real images with labels, all of one size, read at random places. Any dataset can be dressed as
/// this.</summary>
public interface IImageSet
{
    /// <summary>The number of images.</summary>
    int Count { get; }

    /// <summary>1 for grey, 3 for colour.</summary>
    int Channels { get; }

    /// <summary>H, in pixels.</summary>
    int Height { get; }

    /// <summary>W, in pixels; not always the height.</summary>
    int Width { get; }

    /// <summary>Bytes of one image, C * H * W.</summary>
    int ImageBytes => Channels * Height * Width;

    /// <summary>Names of the classes, in the order of their ids.</summary>
    IReadOnlyList<string> ClassNames { get; }

    /// <summary>Hash over pixels, labels and class names: equal for equal content.</summary>
    string ContentHash { get; }

    /// <summary>How the images came to their size, such as <c>area</c>; <c>none</c> when they always had
    /// it.</summary>
    string Resizer { get; }

    /// <summary>Copies images as uint8 [n, Channels, Height, Width].</summary>
    /// <param name="indices">Which images, each from 0 to Count - 1.</param>
    /// <param name="destination">Exactly n * ImageBytes bytes.</param>
    void CopyImages(ReadOnlySpan<int> indices, Span<byte> destination);

    /// <summary>The class id of an image, from 0.</summary>
    int Label(int index);
}
