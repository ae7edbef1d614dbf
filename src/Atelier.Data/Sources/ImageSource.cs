using Atelier.Data.Decoding;
using Atelier.Data.Resizing;

namespace Atelier.Data;

/// <summary>
/// Labelled images to pack, in a fixed order: split by split, class by class, file names in ordinal order.
/// Reading is safe from many threads at once.
/// </summary>
public abstract class ImageSource : IDisposable
{
    /// <summary>What it is and where, for messages and for the packed header.</summary>
    public abstract string Description { get; }

    /// <summary>Class names; labels are indices into them.</summary>
    public abstract IReadOnlyList<string> ClassNames { get; }

    /// <summary>The splits, one after another, covering every image.</summary>
    public abstract IReadOnlyList<SourceSplit> Splits { get; }

    /// <summary>How images of another size should be fitted when nobody asked for a way.</summary>
    public abstract ResizeFit FitFor(int size);

    /// <summary>
    /// Faults of the source itself, such as an empty class folder; no option leaves them out.
    /// </summary>
    public virtual IReadOnlyList<Offender> StructuralOffenders => [];

    /// <summary>
    /// Files that were passed over because neither their names nor their first bytes say that they are
    /// images.
    /// </summary>
    public virtual int IgnoredFiles => 0;

    /// <summary>How many images there are in all splits.</summary>
    public int Count => Splits.Sum(split => split.Count);

    /// <summary>The name of an image for messages, relative to the source.</summary>
    public abstract string NameOf(int index);

    /// <summary>The label of an image, an index into <see cref="ClassNames"/>.</summary>
    public abstract int LabelOf(int index);

    /// <summary>
    /// What the image is read from as the source found it, before anything was read, so that an interrupted
    /// packing can tell whether it may go on; null when the source cannot tell, and packing then starts
    /// again.
    /// </summary>
    public virtual SourceStamp? StampOf(int index) => null;

    /// <summary>Reads what the header of an image says.</summary>
    /// <exception cref="BadImageException">The image cannot be used.</exception>
    public abstract ImageHeader ReadHeader(int index);

    /// <summary>Decodes an image.</summary>
    /// <exception cref="BadImageException">The image cannot be used.</exception>
    public abstract RasterImage Decode(int index);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the source holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
