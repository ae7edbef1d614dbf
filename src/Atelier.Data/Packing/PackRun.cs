using Atelier.Data.Resizing;
using Atelier.IO;

namespace Atelier.Data;

/// <summary>
/// One packing, from the headers to the finished files: takes up what an earlier call left, decodes block by
/// block, and writes and hashes each block while the next one is decoded.
/// </summary>
internal sealed class PackRun(ImageSource source, IReadOnlyList<SourceSplit> splits, PackOptions options,
    ImageSweep sweep, PackJournal journal, IProgress<PackProgress>? progress, CancellationToken cancel)
{
    private const int BlockBytes = 16 << 20;
    private const int MinBlockImages = 8;
    private const int MaxBlockImages = 4096;

    private readonly int total = splits.Sum(split => split.Count);
    private ImageFitter fitter = null!;
    private int channels;

    /// <summary>Reads the headers, or what an earlier call noted of them.</summary>
    public PackLayout Scan()
    {
        if (journal.Peek() is { Channels: { } known, Bad: { } bad })
        {
            channels = known;
            MarkBad(bad);
            journal.Accept();
        }
        else
        {
            channels = DatasetScanner.ScanHeaders(source, splits, options.Policy, sweep, progress, cancel);
            journal.Add(new JournalLine { Channels = channels, Bad = BadOf(0, source.Count) });
        }

        var fit = options.Fit == ResizeFit.Auto ? source.FitFor(options.Size.ShortSide) : options.Fit;
        fitter = new ImageFitter(options.Size, fit, options.Filter);
        return new PackLayout(new DatasetFacts
        {
            Count = total,
            Channels = channels,
            Height = options.Size.Height,
            Width = options.Size.Width,
            ClassNames = source.ClassNames,
            Splits = [],
            ContentHash = "",
            Resizer = fitter.Description,
            Source = source.Description,
            Skipped = 0,
        }, splits.Select(split => split.Name), options.ShardBytes);
    }

    /// <summary>Decodes everything into the sink.</summary>
    /// <exception cref="OffendersException">A bad image was met and must not be skipped.</exception>
    public void Fill(PackSink sink, PackLayout layout)
    {
        var images = options.BlockImages
            ?? Math.Clamp(BlockBytes / layout.ImageBytes, MinBlockImages, MaxBlockImages);
        byte[][] buffers = [new byte[Math.Min(images, total) * layout.ImageBytes], []];
        var (done, turn, replaying) = (0, 0, true);
        var writing = Task.CompletedTask;
        try
        {
            foreach (var split in splits)
            {
                sink.BeginSplit(split.Name);
                foreach (var (start, count) in DatasetScanner.Blocks([split], images))
                {
                    cancel.ThrowIfCancellationRequested();
                    done += count;
                    var (buffer, end) = (buffers[turn], done);
                    if (buffer.Length == 0)
                        buffer = buffers[turn] = new byte[buffers[0].Length];
                    replaying = replaying && TryReplay(sink, start, count, end, buffer, layout.ImageBytes);
                    if (!replaying)
                    {
                        var block = Decode(start, count, buffer, layout.ImageBytes);
                        writing.GetAwaiter().GetResult();
                        if (sweep.BadCount == 0 || options.SkipBad)
                            writing = Task.Run(() => Write(sink, block, end), CancellationToken.None);
                        turn = 1 - turn;
                    }

                    progress?.Report(new PackProgress("images", done, total));
                }

                writing.GetAwaiter().GetResult();
                sink.EndSplit();
            }
        }
        finally
        {
            // The writer must be gone before its files are.
            Task.WaitAny([writing], CancellationToken.None);
        }

        if (sweep.BadCount > 0 && !options.SkipBad)
            throw new OffendersException(source.Description, [.. sweep.Offenders], true);
    }

    /// <exception cref="AtelierException">Kind Dataset: a split or a class lost all of its
    /// images.</exception>
    public void CheckNothingVanished(PackSink sink)
    {
        if (sink.Splits.FirstOrDefault(split => split.Count == 0) is { } empty)
        {
            throw new AtelierException(FailureKind.Dataset,
                $"{source.Description}: no usable image is left in split '{empty.Name}'.");
        }

        var counts = new int[source.ClassNames.Count];
        foreach (var label in sink.Labels)
            counts[label]++;
        if (sweep.BadCount > 0 && Array.IndexOf(counts, 0) is >= 0 and var lost)
        {
            throw new AtelierException(FailureKind.Dataset,
                $"{source.Description}: no usable image is left in class "
                + $"'{source.ClassNames[lost]}'; nothing was written.");
        }
    }

    /// <summary>Decodes a block; good images move up, so that they lie one after another.</summary>
    private Block Decode(int start, int count, byte[] buffer, int imageBytes)
    {
        sweep.Run(start, count, index =>
        {
            if (sweep.IsBad(index))
                return;
            var image = options.Policy.Apply(source.Decode(index), channels);
            fitter.Fill(image, buffer.AsSpan((index - start) * imageBytes, imageBytes));
        });
        var labels = new List<int>(count);
        for (var index = start; index < start + count; index++)
        {
            if (sweep.IsBad(index))
                continue;
            var place = labels.Count;
            if (index - start != place)
            {
                buffer.AsSpan((index - start) * imageBytes, imageBytes)
                    .CopyTo(buffer.AsSpan(place * imageBytes));
            }

            labels.Add(source.LabelOf(index));
        }

        return new Block([.. labels], buffer.AsMemory(0, labels.Count * imageBytes), BadOf(start, count));
    }

    private void Write(PackSink sink, Block block, int done)
    {
        sink.Append(block.Pixels.Span, block.Labels, done, write: true);
        journal.Add(new JournalLine { Done = done, Check = Crc32.Of(block.Pixels.Span), Bad = block.Bad });
    }

    /// <summary>Takes over a block that an earlier call wrote, when its pixels are what they were.</summary>
    private bool TryReplay(PackSink sink, int start, int count, int done, byte[] buffer, int imageBytes)
    {
        if (journal.Peek() is not { Done: { } end, Check: { } check, Bad: { } bad } || end != done)
            return false;
        var known = bad.Select(offender => offender.Index).ToHashSet();
        int[] labels = [.. Enumerable.Range(start, count)
            .Where(index => !known.Contains(index)).Select(source.LabelOf)];
        var pixels = buffer.AsSpan(0, labels.Length * imageBytes);
        if (!sink.TryReadBack(pixels) || Crc32.Of(pixels) != check)
            return false;
        MarkBad(bad);
        sink.Append(pixels, labels, done, write: false);
        journal.Accept();
        return true;
    }

    private void MarkBad(IReadOnlyList<JournalOffender> bad)
    {
        foreach (var (index, reason) in bad)
            sweep.MarkBad(index, reason);
    }

    private JournalOffender[] BadOf(int start, int count)
        => [.. sweep.Bad(start, count).Select(pair => new JournalOffender(pair.Key, pair.Value))];

    private sealed record Block(int[] Labels, ReadOnlyMemory<byte> Pixels, JournalOffender[] Bad);
}
