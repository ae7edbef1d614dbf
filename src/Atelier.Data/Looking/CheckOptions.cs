using Atelier.Data.Decoding;

namespace Atelier.Data;

/// <summary>What a check looks for.</summary>
public sealed record CheckOptions
{
    /// <summary>What happens to grey and transparent images, as in packing.</summary>
    public ImagePolicy Policy { get; init; } = new();

    /// <summary>
    /// Bits of 64 in which the perceptual hashes of two images that look alike may differ, 0 to 7; null looks
    /// for equal images only.
    /// </summary>
    public int? NearBits { get; init; } = 6;

    /// <summary>An image whose values lie closer together than this is called constant.</summary>
    public int LeastRange { get; init; } = 8;

    /// <summary>A class with fewer training images is called small.</summary>
    public int LeastOfClass { get; init; } = 50;

    /// <summary>Classes are called unbalanced when the largest has so many times the images of the
    /// smallest.</summary>
    public double MostImbalance { get; init; } = 10;
}
