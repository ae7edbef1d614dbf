using Atelier.Data;

namespace Atelier.Metrics;

/// <summary>One split of a packed dataset as real images for training and evaluation of a backbone.</summary>
public sealed class PackedImageSet : IImageSet
{
    private readonly DatasetView view;

    /// <summary>Dresses a split; the dataset stays open and belongs to the caller.</summary>
    /// <exception cref="AtelierException">The images are not square (Dataset).</exception>
    public PackedImageSet(DatasetView view)
    {
        this.view = view;
        if (view.Dataset.Height != view.Dataset.Width)
        {
            throw new AtelierException(
                FailureKind.Dataset,
                $"{view.Dataset.Path} has images of {view.Dataset.Width} x {view.Dataset.Height}; square "
                + "ones are expected. Pack it with --size.");
        }
    }

    /// <inheritdoc/>
    public int Count => view.Count;

    /// <inheritdoc/>
    public int Channels => view.Dataset.Channels;

    /// <inheritdoc/>
    public int Size => view.Dataset.Height;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames => view.Dataset.ClassNames;

    /// <inheritdoc/>
    public string ContentHash => view.ContentHash;

    /// <inheritdoc/>
    public string Resizer => view.Dataset.Resizer;

    /// <inheritdoc/>
    public void CopyImages(ReadOnlySpan<int> indices, Span<byte> destination)
    {
        var length = view.Dataset.ImageBytes;
        for (var k = 0; k < indices.Length; k++)
            view.CopyImage(indices[k], destination.Slice(k * length, length));
    }

    /// <inheritdoc/>
    public int Label(int index) => view.Labels[index];
}
