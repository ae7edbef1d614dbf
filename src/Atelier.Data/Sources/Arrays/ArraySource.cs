using System.Globalization;
using Atelier.Data.Arrays;
using Atelier.Data.Decoding;
using Atelier.Data.Resizing;

namespace Atelier.Data;

/// <summary>Images that lie uncompressed in arrays: of CIFAR, NumPy or HDF5.</summary>
public sealed class ArraySource : ImageSource
{
    private readonly IReadOnlyList<ArrayPart> parts;
    private readonly IDisposable? owner;

    /// <summary>Takes over arrays.</summary>
    /// <param name="description">What it is and its name.</param>
    /// <param name="classNames">The names of the classes.</param>
    /// <param name="parts">One or more; those of one split follow each other.</param>
    /// <param name="owner">What the arrays lie in, disposed after them.</param>
    internal ArraySource(string description, IReadOnlyList<string> classNames,
        IReadOnlyList<ArrayPart> parts, IDisposable? owner = null)
    {
        (Description, ClassNames, this.parts, this.owner) = (description, classNames, parts, owner);
        var splits = new List<SourceSplit>();
        foreach (var group in parts.GroupBy(static part => part.Split))
            splits.Add(new SourceSplit(group.Key, splits.Sum(static split => split.Count),
                group.Sum(static part => part.Images.Count)));
        Splits = splits;
    }

    /// <inheritdoc/>
    public override string Description { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<SourceSplit> Splits { get; }

    /// <inheritdoc/>
    public override ResizeFit FitFor(int size) => ResizeFit.CentreCrop;

    /// <inheritdoc/>
    public override string NameOf(int index)
    {
        var split = Splits.Last(split => split.Start <= index);
        return string.Create(CultureInfo.InvariantCulture, $"{split.Name} image {index - split.Start}");
    }

    /// <inheritdoc/>
    public override int LabelOf(int index)
    {
        var (part, place) = Locate(index);
        return part.Labels[place];
    }

    /// <inheritdoc/>
    public override ImageHeader ReadHeader(int index)
    {
        var shape = Locate(index).Part.Images.Shape;
        return new ImageHeader(ImageFormat.Raw, shape.Width, shape.Height, shape.Channels == 1 ? 1 : 3,
            shape.Channels == 4, 8);
    }

    /// <inheritdoc/>
    public override RasterImage Decode(int index)
    {
        var (part, place) = Locate(index);
        var shape = part.Images.Shape;
        return new RasterImage(
            shape.Width, shape.Height, shape.Channels, shape.Interleaved(part.Images.Read(place)));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var part in parts)
                part.Images.Dispose();
            owner?.Dispose();
        }

        base.Dispose(disposing);
    }

    private (ArrayPart Part, int Place) Locate(int index)
    {
        var at = 0;
        for (; index >= parts[at].Images.Count; at++)
            index -= parts[at].Images.Count;
        return (parts[at], index);
    }
}
