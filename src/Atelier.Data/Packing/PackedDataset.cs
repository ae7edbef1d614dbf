namespace Atelier.Data;

/// <summary>
/// A packed dataset, memory-mapped: pixels uint8 [N, C, H, W] and labels, in one file or in the shards of a
/// folder. Opening checks headers, sizes and labels; <see cref="Verify"/> checks every byte. Reading is safe
/// from many threads at once.
/// </summary>
public sealed class PackedDataset : IDisposable
{
    // A mapping costs an entry in a table of the kernel, which has 65,530, and page tables of 1/512 of what
    // was read.
    private const int MostMapped = 256;

    private readonly DatasetFacts facts;
    private readonly IReadOnlyList<PackedFile> files;
    private readonly int[] labels;
    private volatile bool disposed;

    private PackedDataset(string path, DatasetFacts facts, IReadOnlyList<PackedFile> files, int mostMapped)
    {
        (Path, this.facts, this.files) = (path, facts, files);
        labels = files is [var single] ? single.Labels : [.. files.SelectMany(file => file.Labels)];
        Pool = new ShardPool(files, ImageBytes, mostMapped);
    }

    /// <summary>The file, or the folder of the shards.</summary>
    public string Path { get; }

    /// <summary>Images over all splits.</summary>
    public int Count => facts.Count;

    /// <summary>1 grey, 3 RGB.</summary>
    public int Channels => facts.Channels;

    /// <summary>Rows of an image.</summary>
    public int Height => facts.Height;

    /// <summary>Pixels in a row.</summary>
    public int Width => facts.Width;

    /// <summary>Width and height.</summary>
    public ImageSize ImageSize => new(Width, Height);

    /// <summary>Bytes of one image, C * H * W.</summary>
    public int ImageBytes => Channels * Height * Width;

    /// <summary>Class names; labels are indices into them.</summary>
    public IReadOnlyList<string> ClassNames => facts.ClassNames;

    /// <summary>The splits, one after another, covering every image.</summary>
    public IReadOnlyList<SplitInfo> Splits => facts.Splits;

    /// <summary>SHA-256 in lower-case hex over the names and hashes of all splits.</summary>
    public string ContentHash => facts.ContentHash;

    /// <summary>What brought the images to their size.</summary>
    public string Resizer => facts.Resizer;

    /// <summary>The label of every image.</summary>
    public ReadOnlySpan<int> Labels => labels;

    /// <summary>Files that the images lie in: 1, or the shards.</summary>
    public int Shards => files.Count;

    /// <summary>The mapped pixels; an owner more than this one keeps them when this is disposed.</summary>
    internal ShardPool Pool { get; }

    /// <summary>Opens a packed file, or a sharded dataset by its folder or its index.</summary>
    /// <exception cref="AtelierException">Kind Dataset: missing, not a packed dataset, of a newer version, or
    /// damaged; kind Disk: it cannot be read.</exception>
    public static PackedDataset Open(string path) => Open(path, MostMapped);

    /// <summary>As <see cref="Open(string)"/>, with at most so many shards mapped at once.</summary>
    internal static PackedDataset Open(string path, int mostMapped)
    {
        var folder = ShardIndexFile.FolderOf(path);
        if (folder is null && !File.Exists(path))
            throw new AtelierException(FailureKind.Dataset, Directory.Exists(path)
                ? $"'{path}' is a folder without {ShardIndexFile.FileName}; expected a packed dataset."
                : $"'{path}' does not exist; expected a packed dataset.");
        try
        {
            if (folder is null)
            {
                var file = PackedFile.Read(path);
                return new PackedDataset(path, file.Header, [file], mostMapped);
            }

            var (index, files) = ShardedFolder.Read(folder);
            return new PackedDataset(folder, index, files, mostMapped);
        }
        catch (FormatException exception)
        {
            throw new AtelierException(FailureKind.Dataset, $"'{path}' is not a usable packed dataset: "
                + $"{exception.Message}. Make it again with 'atelier data pack'.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IO.DiskFailure.From(exception, path);
        }
    }

    /// <summary>
    /// True for a file that begins as a packed dataset, and for a folder with an index of shards.
    /// </summary>
    public static bool Recognises(string path)
    {
        if (ShardIndexFile.FolderOf(path) is not null) return true;
        if (!File.Exists(path)) return false;
        Span<byte> magic = stackalloc byte[8];
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0);
        return stream.ReadAtLeast(magic, 8, throwOnEndOfStream: false) == 8
            && magic.SequenceEqual(PackedFormat.Magic);
    }

    /// <summary>
    /// The pixels of one image, [C, H, W]; valid until the dataset is disposed. Its shard stays mapped until
    /// then: to walk through a large dataset, use <see cref="CopyImage"/>.
    /// </summary>
    public ReadOnlySpan<byte> Image(int index)
    {
        Check(index);
        return Pool.Pin(index);
    }

    /// <summary>Copies the pixels of one image, [C, H, W].</summary>
    /// <param name="index">The image.</param>
    /// <param name="target"><see cref="ImageBytes"/> or more.</param>
    public void CopyImage(int index, Span<byte> target)
    {
        Check(index);
        Pool.Copy(index, target);
    }

    /// <summary>
    /// A pointer to the first of some images that lie one behind another, [count, C, H, W], for zero-copy
    /// use; null when they lie in more than one shard. See <see cref="PixelLease"/>.
    /// </summary>
    public PixelLease? Lease(int start, int count)
    {
        Check(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count - start);
        return Pool.Lease(start, count);
    }

    /// <summary>One split as a dataset of its own.</summary>
    /// <exception cref="AtelierException">Kind Dataset: there is no split of this name.</exception>
    public DatasetView Split(string name)
        => Splits.FirstOrDefault(split => split.Name == name) is { } split
            ? new DatasetView(this, split)
            : throw new AtelierException(FailureKind.Dataset, $"'{Path}' has no split '{name}'; it has "
                + $"{string.Join(", ", Splits.Select(item => item.Name))}. Pack a source that has it.");

    /// <summary>Reads every byte and compares the hashes of all splits and of the whole.</summary>
    /// <exception cref="AtelierException">Kind Dataset: the content is not what was packed; of a sharded
    /// dataset the message names the shard.</exception>
    public void Verify(IProgress<PackProgress>? progress = null, CancellationToken cancel = default)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        new DatasetVerifier(Path, facts, files, Pool).Verify(progress, cancel);
    }

    /// <summary>What this dataset is.</summary>
    public DatasetInfo Info()
    {
        var counts = new int[ClassNames.Count];
        foreach (var label in labels)
            counts[label]++;
        return new DatasetInfo(Path, Count, Channels, Height, Width,
            [.. ClassNames.Select((name, index) => new ClassInfo(index, name, counts[index]))], Splits,
            ContentHash, Resizer, facts.Source, facts.Skipped, files.Sum(file => file.Bytes), Shards);
    }

    /// <summary>Unmaps the files, as soon as no lease and no loader holds them.</summary>
    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        Pool.Dispose();
    }

    private void Check(int index)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
    }
}
