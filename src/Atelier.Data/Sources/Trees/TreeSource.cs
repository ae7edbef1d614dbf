using Atelier.Data.Decoding;
using Atelier.Data.Resizing;
using Atelier.Data.Trees;

namespace Atelier.Data;

/// <summary>
/// Image files of a folder, an archive or a database, each decoded when it is asked for. Formats are told by
/// the first bytes of a file. Hidden entries are passed over, and so are files without an image extension
/// that do not start as PNG, JPEG or WebP (README, Thumbs.db); everything else must be a good image.
/// </summary>
public class TreeSource : ImageSource
{
    private const int HeaderPrefixBytes = 1 << 16;

    private readonly FileTree tree;
    private readonly List<LabelledFile> images;
    private readonly List<SourceSplit> splits = [];

    /// <summary>Takes over a tree and finds out its labels.</summary>
    /// <exception cref="AtelierException">Kind Dataset: no images, or labels that cannot be
    /// read.</exception>
    internal TreeSource(FileTree tree)
    {
        this.tree = tree;
        TreeLayout layout;
        try
        {
            layout = TreeLayouts.Of(tree);
        }
        catch
        {
            tree.Dispose();
            throw;
        }

        (images, ClassNames, IgnoredFiles) = (layout.Images, layout.ClassNames, layout.Ignored);
        StructuralOffenders = layout.Offenders;
        foreach (var group in images.GroupBy(static image => image.Split))
            splits.Add(new SourceSplit(group.Key, splits.Sum(static split => split.Count), group.Count()));
    }

    /// <inheritdoc/>
    public override string Description => tree.Description;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<string> ClassNames { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<SourceSplit> Splits => splits;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Offender> StructuralOffenders { get; }

    /// <inheritdoc/>
    public sealed override int IgnoredFiles { get; }

    /// <inheritdoc/>
    public override ResizeFit FitFor(int size) => ResizeFit.CentreCrop;

    /// <inheritdoc/>
    public override string NameOf(int index) => tree.Files[images[index].File];

    /// <inheritdoc/>
    public override int LabelOf(int index) => images[index].Label;

    /// <inheritdoc/>
    public override SourceStamp? StampOf(int index) => tree.StampOf(images[index].File);

    /// <inheritdoc/>
    public override ImageHeader ReadHeader(int index)
    {
        var prefix = tree.Read(images[index].File, HeaderPrefixBytes, out var isWhole);
        if (ImageReader.TryReadHeader(prefix, out var header, out var reason))
            return header;
        return isWhole ? throw new BadImageException(reason)
            : ImageReader.ReadHeader(tree.ReadAll(images[index].File));
    }

    /// <inheritdoc/>
    public override RasterImage Decode(int index) => ImageReader.Decode(tree.ReadAll(images[index].File));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            tree.Dispose();
        base.Dispose(disposing);
    }
}
