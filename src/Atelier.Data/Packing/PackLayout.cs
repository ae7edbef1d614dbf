using System.Globalization;

namespace Atelier.Data;

/// <summary>
/// Where things stand in the packed files of one dataset. It follows from the source and the options alone,
/// so that pixels can be written before it is known how many images are left out.
/// </summary>
internal sealed class PackLayout
{
    private const int MaxAlignmentBytes = PackedFormat.LabelAlignment + PackedFormat.PixelAlignment;

    private readonly DatasetFacts facts;

    /// <param name="facts">What is known before: channels, size, class names, resizer, source; the count is
    /// that of all images to look at.</param>
    /// <param name="splitNames">The names of the splits.</param>
    /// <param name="shardBytes">The most bytes of one file, or null for a single one.</param>
    /// <exception cref="AtelierException">Kind Usage: a shard of this size holds no image, or there would be
    /// too many.</exception>
    public PackLayout(DatasetFacts facts, IEnumerable<string> splitNames, long? shardBytes)
    {
        this.facts = facts;
        ImageBytes = facts.Channels * facts.Height * facts.Width;
        // The room for the header is that of the longest it can become; skipped images only shorten its
        // numbers.
        var widest = splitNames.Select(name => new SplitInfo(name, facts.Count, facts.Count,
            new string('0', 64))).ToList();
        HeaderBytes = PackedFormat.Serialise(Header(facts.Count, widest, new string('0', 64), facts.Count,
            long.MaxValue, long.MaxValue)).Length;
        LabelsOffset = PackedFormat.Align(PackedFormat.PreludeBytes + HeaderBytes,
            PackedFormat.LabelAlignment);
        ImagesPerFile = shardBytes is { } bytes ? Shard(bytes) : facts.Count;
        PixelsOffset = PackedFormat.Align(LabelsOffset + (4L * ImagesPerFile), PackedFormat.PixelAlignment);
        Files = (facts.Count + ImagesPerFile - 1) / ImagesPerFile;
        MaxBytes = (Files * PixelsOffset) + ((long)facts.Count * ImageBytes);
    }

    /// <summary>Bytes of one image.</summary>
    public int ImageBytes { get; }

    /// <summary>Bytes that are kept free for the header.</summary>
    public int HeaderBytes { get; }

    /// <summary>Where the labels begin.</summary>
    public long LabelsOffset { get; }

    /// <summary>Where the pixels begin.</summary>
    public long PixelsOffset { get; }

    /// <summary>Images of every file but the last.</summary>
    public int ImagesPerFile { get; }

    /// <summary>Files when no image is left out.</summary>
    public int Files { get; }

    /// <summary>The size of all files when no image is left out.</summary>
    public long MaxBytes { get; }

    /// <summary>The header of one file.</summary>
    public PackedHeader Header(int count, IReadOnlyList<SplitInfo> splits, int skipped)
        => Header(count, splits, ContentHasher.Combine(splits), skipped, LabelsOffset, PixelsOffset);

    /// <summary>The index over all files.</summary>
    public ShardIndex Index(int count, IReadOnlyList<SplitInfo> splits, int skipped,
        IReadOnlyList<ShardEntry> shards) => new()
        {
            Format = ShardIndex.FormatName,
            Version = ShardIndex.CurrentVersion,
            Count = count,
            Channels = facts.Channels,
            Height = facts.Height,
            Width = facts.Width,
            ClassNames = facts.ClassNames,
            Splits = splits,
            ContentHash = ContentHasher.Combine(splits),
            Resizer = facts.Resizer,
            Source = facts.Source,
            Skipped = skipped,
            Shards = shards,
        };

    /// <summary>Ends the content hash of a split.</summary>
    public string Finish(ContentHasher hasher, ReadOnlySpan<int> labels)
        => hasher.Finish(labels, facts.ClassNames, facts.Channels, facts.Height, facts.Width);

    private PackedHeader Header(int count, IReadOnlyList<SplitInfo> splits, string hash, int skipped,
        long labelsAt, long pixelsAt) => new()
        {
            Count = count,
            Channels = facts.Channels,
            Height = facts.Height,
            Width = facts.Width,
            ClassNames = facts.ClassNames,
            Splits = splits,
            ContentHash = hash,
            Resizer = facts.Resizer,
            Source = facts.Source,
            Skipped = skipped,
            LabelsOffset = labelsAt,
            PixelsOffset = pixelsAt,
        };

    private int Shard(long bytes)
    {
        var least = LabelsOffset + MaxAlignmentBytes + ImageBytes + 4;
        var images = Math.Min(facts.Count, (bytes - LabelsOffset - MaxAlignmentBytes) / (ImageBytes + 4));
        var shards = images < 1 ? 0 : (facts.Count + images - 1) / images;
        if (images < 1)
        {
            throw new AtelierException(FailureKind.Usage, string.Create(CultureInfo.InvariantCulture,
                $"--shard-bytes {bytes}: a shard with one image has {least} bytes."));
        }

        if (shards > ShardIndexFile.MaxShards)
        {
            throw new AtelierException(FailureKind.Usage, string.Create(CultureInfo.InvariantCulture,
                $"--shard-bytes {bytes}: {facts.Count} images would make {shards} shards, and a dataset has "
                + $"at most {ShardIndexFile.MaxShards}."));
        }

        return (int)images;
    }
}
