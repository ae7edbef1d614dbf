using Atelier.Data.Decoding;
using Atelier.Data.Resizing;

namespace Atelier.Data;

/// <summary>
/// A folder with one sub-folder a class, or with <c>train</c>, <c>test</c> and <c>val</c> holding such class
/// folders. Formats are told by the first bytes of a file. Hidden entries are passed over, and so are files
/// without an image extension that do not start as PNG, JPEG or WebP (README, Thumbs.db); everything else
/// must be a good image.
/// </summary>
public sealed class ClassFolderSource : ImageSource
{
    private const int HeaderPrefixBytes = 1 << 16;

    private readonly string root;
    private readonly List<string> files = [];
    private readonly List<int> labels = [];
    private readonly List<SourceSplit> splits = [];

    /// <summary>Lists the files; none is read beyond its first bytes.</summary>
    /// <exception cref="AtelierException">Kind Disk: a folder cannot be listed.</exception>
    public ClassFolderSource(string folder)
    {
        root = Path.GetFullPath(folder);
        Description = $"folder '{Path.GetFileName(root.TrimEnd('/'))}'";
        try
        {
            var scan = new ClassFolderScan(root);
            (ClassNames, StructuralOffenders, IgnoredFiles) = (scan.ClassNames, scan.Offenders, scan.Ignored);
            foreach (var group in scan.Items().GroupBy(item => item.Split))
            {
                var start = files.Count;
                foreach (var (_, label, names) in group)
                {
                    files.AddRange(names);
                    labels.AddRange(Enumerable.Repeat(label, names.Count));
                }

                splits.Add(new SourceSplit(group.Key, start, files.Count - start));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IO.DiskFailure.From(exception, root);
        }
    }

    /// <inheritdoc/>
    public override string Description { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<SourceSplit> Splits => splits;

    /// <inheritdoc/>
    public override IReadOnlyList<Offender> StructuralOffenders { get; }

    /// <inheritdoc/>
    public override int IgnoredFiles { get; }

    /// <inheritdoc/>
    public override ResizeFit FitFor(int size) => ResizeFit.CentreCrop;

    /// <inheritdoc/>
    public override string NameOf(int index) => Path.GetRelativePath(root, files[index]);

    /// <inheritdoc/>
    public override int LabelOf(int index) => labels[index];

    /// <inheritdoc/>
    public override SourceStamp? StampOf(int index) => RegularFile.StampOf(files[index]);

    /// <inheritdoc/>
    public override ImageHeader ReadHeader(int index)
    {
        var prefix = RegularFile.Read(files[index], HeaderPrefixBytes, out var whole);
        if (ImageReader.TryReadHeader(prefix, out var header, out var reason))
            return header;
        return whole ? throw new BadImageException(reason) : ImageReader.ReadHeader(ReadAll(index));
    }

    /// <inheritdoc/>
    public override RasterImage Decode(int index) => ImageReader.Decode(ReadAll(index));

    private byte[] ReadAll(int index) => RegularFile.Read(files[index], ImageLimits.MaxFileBytes, out _);
}
