using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>A batch of images to be scored, already rounded to bytes, with the classes that were asked
/// for.</summary>
public sealed class ImageBatch
{
    private ImageBatch(ReadOnlyMemory<byte> images, ReadOnlyMemory<long> labels)
    {
        Images = images;
        Labels = labels;
    }

    /// <summary>Bytes [N, C, H, W], row-major.</summary>
    public ReadOnlyMemory<byte> Images { get; }

    /// <summary>Class ids [N], or empty when nobody asked for classes.</summary>
    public ReadOnlyMemory<long> Labels { get; }

    /// <summary>A batch of bytes.</summary>
    /// <param name="images">Bytes [N, C, H, W], row-major; not copied.</param>
    /// <param name="labels">Class ids [N], or empty.</param>
    public static ImageBatch FromBytes(ReadOnlyMemory<byte> images, ReadOnlyMemory<long> labels = default) =>
        new(images, labels);

    /// <summary>A batch from a generator, rounded as <see cref="ImageQuantiser"/> says.</summary>
    /// <param name="images">float [N, C, H, W] in [-1, 1], or uint8.</param>
    /// <param name="labels">Class ids [N], or empty.</param>
    /// <exception cref="AtelierException">NaN or infinity in an image (Numeric).</exception>
    public static ImageBatch FromTensor(Tensor images, ReadOnlyMemory<long> labels = default) =>
        new(ImageQuantiser.ToBytes(images), labels);
}
