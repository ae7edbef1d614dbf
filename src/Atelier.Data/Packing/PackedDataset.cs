using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;

namespace Atelier.Data;

/// <summary>
/// A packed dataset, memory-mapped: pixels uint8 [N, C, H, W] and labels. Opening checks the header, all
/// sizes and all labels; <see cref="Verify"/> checks every byte. Reading is safe from many threads at once.
/// </summary>
public sealed class PackedDataset : IDisposable
{
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor view;
    private readonly PixelLease pixels;
    private readonly PackedHeader header;
    private readonly int[] labels;
    private readonly long fileBytes;
    private volatile bool disposed;

    private PackedDataset(string path, MemoryMappedFile file, MemoryMappedViewAccessor view,
        PackedHeader header,
        int[] labels, long fileBytes)
    {
        (Path, this.file, this.view, this.header) = (path, file, view, header);
        (this.labels, this.fileBytes) = (labels, fileBytes);
        pixels = Lease();
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Images over all splits.</summary>
    public int Count => header.Count;

    /// <summary>1 grey, 3 RGB.</summary>
    public int Channels => header.Channels;

    /// <summary>Rows of an image.</summary>
    public int Height => header.Height;

    /// <summary>Pixels in a row.</summary>
    public int Width => header.Width;

    /// <summary>Bytes of one image, C * H * W.</summary>
    public int ImageBytes => Channels * Height * Width;

    /// <summary>Class names; labels are indices into them.</summary>
    public IReadOnlyList<string> ClassNames => header.ClassNames;

    /// <summary>The splits, one after another, covering every image.</summary>
    public IReadOnlyList<SplitInfo> Splits => header.Splits;

    /// <summary>SHA-256 in lower-case hex over the names and hashes of all splits.</summary>
    public string ContentHash => header.ContentHash;

    /// <summary>What brought the images to their size.</summary>
    public string Resizer => header.Resizer;

    /// <summary>The label of every image.</summary>
    public ReadOnlySpan<int> Labels => labels;

    /// <summary>Opens a packed dataset.</summary>
    /// <exception cref="AtelierException">Kind Dataset: missing, not a packed dataset, of a newer version, or
    /// damaged; kind Disk: it cannot be read.</exception>
    public static PackedDataset Open(string path)
    {
        if (!File.Exists(path))
            throw new AtelierException(FailureKind.Dataset,
                $"'{path}' does not exist; expected a packed dataset.");
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var length = stream.Length;
            var header = ReadHeader(stream, length);
            var labels = ReadLabels(stream, header);
            var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0,
                MemoryMappedFileAccess.Read);
            try
            {
                var view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
                return new PackedDataset(path, file, view, header, labels, length);
            }
            catch
            {
                file.Dispose();
                throw;
            }
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

    /// <summary>True when a file begins as a packed dataset does.</summary>
    public static bool Recognises(string path)
    {
        if (!File.Exists(path)) return false;
        Span<byte> magic = stackalloc byte[8];
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0);
        return stream.ReadAtLeast(magic, 8, throwOnEndOfStream: false) == 8
            && magic.SequenceEqual(PackedFormat.Magic);
    }

    /// <summary>The pixels of one image, [C, H, W]; valid until the dataset is disposed.</summary>
    public unsafe ReadOnlySpan<byte> Image(int index)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return new ReadOnlySpan<byte>((byte*)pixels.Pointer + ((long)index * ImageBytes), ImageBytes);
    }

    /// <summary>
    /// A pointer to all pixels, [N, C, H, W], for zero-copy use; see <see cref="PixelLease"/>.
    /// </summary>
    public PixelLease Lease()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return new PixelLease(view.SafeMemoryMappedViewHandle, header.PixelsOffset);
    }

    /// <summary>One split as a dataset of its own.</summary>
    /// <exception cref="AtelierException">Kind Dataset: there is no split of this name.</exception>
    public DatasetView Split(string name)
        => Splits.FirstOrDefault(split => split.Name == name) is { } split
            ? new DatasetView(this, split)
            : throw new AtelierException(FailureKind.Dataset, $"'{Path}' has no split '{name}'; it has "
                + $"{string.Join(", ", Splits.Select(item => item.Name))}. Pack a source that has it.");

    /// <summary>Reads every byte and compares the hashes of all splits and of the whole.</summary>
    /// <exception cref="AtelierException">Kind Dataset: the content is not what was packed.</exception>
    public void Verify(IProgress<PackProgress>? progress = null, CancellationToken cancel = default)
    {
        const int block = 1024;
        foreach (var split in Splits)
        {
            using var hasher = new ContentHasher();
            for (var index = 0; index < split.Count; index++)
            {
                hasher.AppendPixels(Image(split.Start + index));
                if (index % block != 0)
                    continue;
                cancel.ThrowIfCancellationRequested();
                progress?.Report(new PackProgress("verify", split.Start + index, Count));
            }

            var hash = hasher.Finish(Labels.Slice(split.Start, split.Count), ClassNames, Channels, Height,
                Width);
            if (hash != split.ContentHash)
                throw Damaged($"split '{split.Name}' has hash {hash}, its header says {split.ContentHash}");
        }

        if (ContentHasher.Combine(Splits) is var whole && whole != ContentHash)
            throw Damaged($"its splits give hash {whole}, its header says {ContentHash}");
        progress?.Report(new PackProgress("verify", Count, Count));
    }

    /// <summary>What this dataset is.</summary>
    public DatasetInfo Info()
    {
        var counts = new int[ClassNames.Count];
        foreach (var label in labels)
            counts[label]++;
        return new DatasetInfo(Path, Count, Channels, Height, Width,
            [.. ClassNames.Select((name, index) => new ClassInfo(index, name, counts[index]))], Splits,
                ContentHash,
            Resizer, header.Source, header.Skipped, fileBytes);
    }

    /// <summary>Unmaps the file, as soon as no lease holds it.</summary>
    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        pixels.Dispose();
        view.Dispose();
        file.Dispose();
    }

    private static PackedHeader ReadHeader(FileStream stream, long length)
    {
        Span<byte> prelude = stackalloc byte[PackedFormat.PreludeBytes];
        if (stream.ReadAtLeast(prelude, prelude.Length, throwOnEndOfStream: false) < prelude.Length
            || !prelude[..8].SequenceEqual(PackedFormat.Magic))
            throw new FormatException("it does not begin as one");
        var version = BinaryPrimitives.ReadUInt32LittleEndian(prelude[8..]);
        if (version != PackedFormat.Version)
            throw new FormatException(
                $"it has format version {version}, and this program reads {PackedFormat.Version}");
        var headerBytes = BinaryPrimitives.ReadUInt32LittleEndian(prelude[12..]);
        if (headerBytes > PackedFormat.MaxHeaderBytes || headerBytes > length - PackedFormat.PreludeBytes)
            throw new FormatException($"it has {length} bytes and its header alone needs {headerBytes}");
        var json = new byte[headerBytes];
        stream.ReadExactly(json);
        return PackedFormat.Parse(json, length);
    }

    private static int[] ReadLabels(FileStream stream, PackedHeader header)
    {
        var bytes = new byte[4 * (long)header.Count];
        stream.Position = header.LabelsOffset;
        stream.ReadExactly(bytes);
        var labels = new int[header.Count];
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4 * i));
            if ((uint)labels[i] >= (uint)header.ClassNames.Count)
                throw new FormatException(
                    $"image {i} has label {labels[i]}, and there are {header.ClassNames.Count} classes");
        }

        return labels;
    }

    private AtelierException Damaged(string what)
        => new(FailureKind.Dataset, $"'{Path}' is damaged: {what}. Make it again with 'atelier data pack'.");
}
