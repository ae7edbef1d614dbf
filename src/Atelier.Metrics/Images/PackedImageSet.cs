using Atelier.Data;

namespace Atelier.Metrics;

/// <summary>One split of a packed dataset as real images for training and evaluation of a backbone.</summary>
public sealed class PackedImageSet : IImageSet
{
    private readonly DatasetView view;

    /// <summary>Dresses a split; the dataset stays open and belongs to the caller.</summary>
    public PackedImageSet(DatasetView view) => this.view = view;

    /// <inheritdoc/>
    public int Count => view.Count;

    /// <inheritdoc/>
    public int Channels => view.Dataset.Channels;

    /// <inheritdoc/>
    public int Height => view.Dataset.Height;

    /// <inheritdoc/>
    public int Width => view.Dataset.Width;

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
