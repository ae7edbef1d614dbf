namespace Atelier.Data;

/// <summary>One split of a packed dataset, indexed from 0.</summary>
public sealed class DatasetView
{
    internal DatasetView(PackedDataset dataset, SplitInfo split) => (Dataset, SplitInfo) = (dataset, split);

    /// <summary>The whole.</summary>
    public PackedDataset Dataset { get; }

    /// <summary>Name, place and hash of the split.</summary>
    public SplitInfo SplitInfo { get; }

    /// <summary>Images of the split.</summary>
    public int Count => SplitInfo.Count;

    /// <summary>
    /// SHA-256 in lower-case hex; equal for equal images however they were packed with others.
    /// </summary>
    public string ContentHash => SplitInfo.ContentHash;

    /// <summary>The label of every image of the split.</summary>
    public ReadOnlySpan<int> Labels => Dataset.Labels.Slice(SplitInfo.Start, Count);

    /// <summary>The pixels of one image, [C, H, W]; see <see cref="PackedDataset.Image"/>.</summary>
    public ReadOnlySpan<byte> Image(int index)
    {
        Check(index);
        return Dataset.Image(SplitInfo.Start + index);
    }

    /// <summary>Copies the pixels of one image, [C, H, W].</summary>
    /// <param name="index">The image, from 0 in this split.</param>
    /// <param name="target"><see cref="PackedDataset.ImageBytes"/> or more.</param>
    public void CopyImage(int index, Span<byte> target)
    {
        Check(index);
        Dataset.CopyImage(SplitInfo.Start + index, target);
    }

    private void Check(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
    }
}
