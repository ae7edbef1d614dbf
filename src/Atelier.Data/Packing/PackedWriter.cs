using System.Buffers.Binary;
using Atelier.Data.Resizing;

namespace Atelier.Data;

/// <summary>
/// Writes one packed dataset: pixels block by block, then labels and header into the room left for them.
/// </summary>
internal sealed class PackedWriter
{
    private const int BlockBytes = 16 << 20;
    private const int MaxBlockImages = 4096;

    private readonly ImageSource source;
    private readonly IReadOnlyList<SourceSplit> splits;
    private readonly int channels;
    private readonly ImageFitter fitter;
    private readonly PackOptions options;
    private readonly ImageSweep sweep;
    private readonly int imageBytes;
    private readonly int headerBytes;
    private readonly long labelsOffset;
    private readonly long pixelsOffset;

    public PackedWriter(ImageSource source, IReadOnlyList<SourceSplit> splits, int channels,
        ImageFitter fitter,
        PackOptions options, ImageSweep sweep)
    {
        (this.source, this.splits, this.channels) = (source, splits, channels);
        (this.fitter, this.options, this.sweep) = (fitter, options, sweep);
        imageBytes = channels * fitter.Size.Width * fitter.Size.Height;
        var images = splits.Sum(split => split.Count);
        // The room for the header is that of the longest it can become; skipped images only shorten its
        // numbers.
        var widest = splits.Select(split => new SplitInfo(split.Name, images, split.Count,
            new string('0', 64))).ToList();
        headerBytes = PackedFormat.Serialise(Header(images, widest, images, long.MaxValue,
            long.MaxValue)).Length;
        labelsOffset = PackedFormat.Align(PackedFormat.PreludeBytes + headerBytes,
            PackedFormat.LabelAlignment);
        pixelsOffset = PackedFormat.Align(labelsOffset + (4L * images), PackedFormat.PixelAlignment);
        MaxFileBytes = pixelsOffset + ((long)images * imageBytes);
    }

    /// <summary>The size of the file when no image is skipped.</summary>
    public long MaxFileBytes { get; }

    /// <exception cref="OffendersException">A bad image was met and must not be skipped.</exception>
    public void Write(Stream stream, IProgress<PackProgress>? progress, CancellationToken cancel)
    {
        var labels = new List<int>();
        var written = new List<SplitInfo>();
        stream.Position = pixelsOffset;
        var done = 0;
        foreach (var split in splits)
        {
            using var hasher = new ContentHasher();
            var first = labels.Count;
            foreach (var (start, count) in DatasetScanner.Blocks([split], BlockImages))
            {
                cancel.ThrowIfCancellationRequested();
                WriteBlock(stream, hasher, start, count, labels);
                progress?.Report(new PackProgress("images", done += count, splits.Sum(item => item.Count)));
            }

            var splitLabels = labels.ToArray().AsSpan(first);
            var hash = hasher.Finish(splitLabels, source.ClassNames, channels,
                fitter.Size.Height, fitter.Size.Width);
            written.Add(new SplitInfo(split.Name, first, splitLabels.Length, hash));
        }

        if (sweep.BadCount > 0 && !options.SkipBad)
            throw new OffendersException(source.Description, [.. sweep.Offenders], true);
        CheckNothingVanished(labels, written);
        stream.SetLength(stream.Position);
        WriteFront(stream, labels, written);
    }

    private int BlockImages => Math.Clamp(BlockBytes / imageBytes, 1, MaxBlockImages);

    private void WriteBlock(Stream stream, ContentHasher hasher, int start, int count, List<int> labels)
    {
        var block = GC.AllocateUninitializedArray<byte>(count * imageBytes);
        sweep.Run(start, count, index =>
        {
            if (sweep.IsBad(index))
                return;
            var image = options.Policy.Apply(source.Decode(index), channels);
            fitter.Fill(image, block.AsSpan((index - start) * imageBytes, imageBytes));
        });
        // After a first bad image the rest is still decoded, so that all of them are listed, but no longer
        // written.
        if (sweep.BadCount > 0 && !options.SkipBad)
            return;
        for (var index = start; index < start + count; index++)
        {
            if (sweep.IsBad(index))
                continue;
            var image = block.AsSpan((index - start) * imageBytes, imageBytes);
            stream.Write(image);
            hasher.AppendPixels(image);
            labels.Add(source.LabelOf(index));
        }
    }

    private void CheckNothingVanished(List<int> labels, List<SplitInfo> written)
    {
        if (written.Find(split => split.Count == 0) is { } empty)
        {
            throw new AtelierException(FailureKind.Dataset,
                $"{source.Description}: no usable image is left in split '{empty.Name}'.");
        }

        var counts = new int[source.ClassNames.Count];
        foreach (var label in labels)
            counts[label]++;
        if (sweep.BadCount > 0 && Array.IndexOf(counts, 0) is >= 0 and var lost)
        {
            throw new AtelierException(FailureKind.Dataset,
                $"{source.Description}: no usable image is left in class "
                + $"'{source.ClassNames[lost]}'; nothing was written.");
        }
    }

    private void WriteFront(Stream stream, List<int> labels, List<SplitInfo> written)
    {
        var json = PackedFormat.Serialise(Header(labels.Count, written, sweep.BadCount, labelsOffset,
            pixelsOffset));
        var front = new byte[PackedFormat.PreludeBytes + headerBytes];
        PackedFormat.Magic.CopyTo(front);
        BinaryPrimitives.WriteUInt32LittleEndian(front.AsSpan(8), PackedFormat.Version);
        BinaryPrimitives.WriteInt32LittleEndian(front.AsSpan(12), headerBytes);
        front.AsSpan(PackedFormat.PreludeBytes).Fill((byte)' ');
        json.CopyTo(front.AsSpan(PackedFormat.PreludeBytes));
        stream.Position = 0;
        stream.Write(front);
        stream.Position = labelsOffset;
        stream.Write(ContentHasher.LittleEndian(labels.ToArray()));
    }

    private PackedHeader Header(int count, IReadOnlyList<SplitInfo> parts, int skipped, long labelsAt,
        long pixelsAt) => new()
    {
        Count = count,
        Channels = channels,
        Height = fitter.Size.Height,
        Width = fitter.Size.Width,
        ClassNames = source.ClassNames,
        Splits = parts,
        ContentHash = ContentHasher.Combine(parts),
        Resizer = fitter.Description,
        Source = source.Description,
        Skipped = skipped,
        LabelsOffset = labelsAt,
        PixelsOffset = pixelsAt,
    };
}
