using Atelier.Data.Arrays;
using Atelier.Data.Decoding;
using Atelier.Data.Resizing;

namespace Atelier.Data;

/// <summary>A packed dataset as a source, to pack it again at another size.</summary>
public sealed class PackedSource : ImageSource
{
    private readonly PackedDataset dataset;
    private readonly SourceStamp? stamp;

    /// <summary>Takes over a dataset, and disposes it in the end.</summary>
    public PackedSource(PackedDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        this.dataset = dataset;
        stamp = File.Exists(dataset.Path) ? RegularFile.StampOf(dataset.Path) : null;
        Splits = [.. dataset.Splits.Select(split => new SourceSplit(split.Name, split.Start, split.Count))];
    }

    /// <inheritdoc/>
    public override string Description => $"packed '{Path.GetFileName(dataset.Path)}' ({dataset.Resizer})";

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames => dataset.ClassNames;

    /// <inheritdoc/>
    public override IReadOnlyList<SourceSplit> Splits { get; }

    /// <inheritdoc/>
    public override ResizeFit FitFor(int size) => ResizeFit.CentreCrop;

    /// <inheritdoc/>
    public override string NameOf(int index) => FormattableString.Invariant($"image {index}");

    /// <inheritdoc/>
    public override int LabelOf(int index) => dataset.Labels[index];

    /// <inheritdoc/>
    public override SourceStamp? StampOf(int index) => stamp;

    /// <inheritdoc/>
    public override ImageHeader ReadHeader(int index)
        => new(ImageFormat.Raw, dataset.Width, dataset.Height, dataset.Channels, false, 8);

    /// <inheritdoc/>
    public override RasterImage Decode(int index)
    {
        var planes = new byte[dataset.ImageBytes];
        dataset.CopyImage(index, planes);
        var shape = new ImageShape(dataset.Height, dataset.Width, dataset.Channels, IsPlanar: true);
        var pixels = shape.Interleaved(planes);
        return new RasterImage(dataset.Width, dataset.Height, dataset.Channels, pixels);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            dataset.Dispose();
        base.Dispose(disposing);
    }
}
