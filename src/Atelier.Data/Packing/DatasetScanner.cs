using Atelier.Data.Decoding;

namespace Atelier.Data;

/// <summary>Looks at every image of a source before anything is made of it.</summary>
public static class DatasetScanner
{
    private const int BlockImages = 1024;

    /// <summary>
    /// Reads every header and decodes every image; all faults are listed, structural ones first.
    /// </summary>
    /// <param name="source">The images.</param>
    /// <param name="options">Policy, splits and threads; the size is not looked at.</param>
    /// <param name="progress">Told after each block of images.</param>
    /// <param name="cancel">Stops the scan.</param>
    /// <returns>Every offender; an empty list when the source can be packed.</returns>
    public static IReadOnlyList<Offender> Scan(ImageSource source, PackOptions options,
        IProgress<PackProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        var splits = SelectSplits(source, options);
        var sweep = new ImageSweep(source, options.ThreadCount, cancel);
        var channels = ScanHeaders(source, splits, options.Policy, sweep, progress, cancel);
        var (done, total) = (0, splits.Sum(split => split.Count));
        foreach (var (start, count) in Blocks(splits))
        {
            sweep.Run(start, count, index =>
            {
                if (!sweep.IsBad(index))
                    options.Policy.Apply(source.Decode(index), channels);
            });
            progress?.Report(new PackProgress("images", done += count, total));
        }

        return [.. source.StructuralOffenders, .. sweep.Offenders];
    }

    /// <exception cref="AtelierException">Kind Usage: a split that the source does not have.</exception>
    internal static List<SourceSplit> SelectSplits(ImageSource source, PackOptions options)
    {
        if (options.Splits is null)
            return [.. source.Splits.Where(split => split.Count > 0)];
        foreach (var name in options.Splits)
        {
            if (source.Splits.All(split => split.Name != name))
            {
                throw new AtelierException(FailureKind.Usage,
                    $"--split {name}: {source.Description} has no such split; "
                    + $"it has {string.Join(", ", source.Splits.Select(split => split.Name))}.");
            }
        }

        return [.. source.Splits.Where(split => split.Count > 0 && options.Splits.Contains(split.Name))];
    }

    /// <summary>
    /// Reads the headers, decides on the channels of the dataset, and marks what does not fit them.
    /// </summary>
    internal static int ScanHeaders(ImageSource source, IReadOnlyList<SourceSplit> splits, ImagePolicy policy,
        ImageSweep sweep, IProgress<PackProgress>? progress, CancellationToken cancel)
    {
        var channels = new byte[source.Count];
        var (done, total) = (0, splits.Sum(split => split.Count));
        foreach (var (start, count) in Blocks(splits))
        {
            sweep.Run(start, count, index =>
            {
                var header = source.ReadHeader(index);
                if (policy.Refusal(header) is { } reason)
                    throw new BadImageException(reason);
                channels[index] = (byte)header.Channels;
            });
            progress?.Report(new PackProgress("headers", done += count, total));
        }

        cancel.ThrowIfCancellationRequested();
        var chosen = policy.ChannelsFor(channels.Count(value => value == 1),
            channels.Count(value => value == 3));
        for (var index = 0; index < channels.Length; index++)
        {
            if (channels[index] != 0 && policy.ChannelRefusal(channels[index], chosen) is { } reason)
                sweep.MarkBad(index, reason);
        }

        return chosen;
    }

    internal static IEnumerable<(int Start, int Count)> Blocks(IEnumerable<SourceSplit> splits,
        int size = BlockImages)
    {
        foreach (var split in splits)
        {
            for (var done = 0; done < split.Count; done += size)
                yield return (split.Start + done, Math.Min(size, split.Count - done));
        }
    }
}
