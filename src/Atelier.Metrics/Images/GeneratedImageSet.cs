using System.Security.Cryptography;

namespace Atelier.Metrics;

/// <summary>Images in memory, such as generated ones, as a set to train on.</summary>
public sealed class GeneratedImageSet : IImageSet
{
    private readonly ReadOnlyMemory<byte> images;
    private readonly ReadOnlyMemory<long> labels;

    /// <summary>Dresses images that have the shape and the classes of others.</summary>
    /// <param name="images">Bytes [N, C, H, W], row-major; not copied.</param>
    /// <param name="labels">The class that was asked for of each, [N]; not copied.</param>
    /// <param name="like">A set of real images of the same shape and classes.</param>
    /// <exception cref="AtelierException">Bytes or classes that do not fit (Usage).</exception>
    public GeneratedImageSet(ReadOnlyMemory<byte> images, ReadOnlyMemory<long> labels, IImageSet like)
    {
        (this.images, this.labels) = (images, labels);
        (Channels, Height, Width, ClassNames) = (like.Channels, like.Height, like.Width, like.ClassNames);
        var imageBytes = Channels * Height * Width;
        if (images.Length != (long)labels.Length * imageBytes)
            throw new AtelierException(
                FailureKind.Usage,
                $"{labels.Length} images [{Channels}, {Height}, {Width}] are "
                + $"{(long)labels.Length * imageBytes} bytes; {images.Length} came. Every image needs its "
                + "class, and the shape of the real ones.");
        foreach (var label in labels.Span)
            if (label < 0 || label >= ClassNames.Count)
                throw new AtelierException(
                    FailureKind.Usage,
                    $"An image of class {label} was generated, but the real images have classes 0 to "
                    + $"{ClassNames.Count - 1}. Use the dataset that the model was trained on.");
        ContentHash = Convert.ToHexStringLower(SHA256.HashData(images.Span));
    }

    /// <inheritdoc/>
    public int Count => labels.Length;

    /// <inheritdoc/>
    public int Channels { get; }

    /// <inheritdoc/>
    public int Height { get; }

    /// <inheritdoc/>
    public int Width { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>SHA-256 over the pixels.</summary>
    public string ContentHash { get; }

    /// <inheritdoc/>
    public string Resizer => "none";

    /// <inheritdoc/>
    public void CopyImages(ReadOnlySpan<int> indices, Span<byte> destination)
    {
        var length = Channels * Height * Width;
        for (var k = 0; k < indices.Length; k++)
            images.Span.Slice(indices[k] * length, length).CopyTo(destination[(k * length)..]);
    }

    /// <inheritdoc/>
    public int Label(int index) => (int)labels.Span[index];
}
