using Atelier.Data.Resizing;
using Atelier.IO;

namespace Atelier.Data;

/// <summary>
/// Packs a source into one file or a folder of shards. The bytes depend on the source and the options, not on
/// threads, time, or interruptions.
/// </summary>
public static class DatasetPacker
{
    /// <summary>
    /// Reads all headers, then decodes, resizes and writes; the dataset appears whole or not at all. An
    /// interrupted call leaves the folder <c>PATH.partial</c>, and the next one with the same source and
    /// options goes on from there.
    /// </summary>
    /// <param name="source">The images.</param>
    /// <param name="path">The file to create or replace, <c>.atl</c> by custom, or the folder of shards to
    /// create; the folder above must exist.</param>
    /// <param name="options">Size, resizer, policy, splits, shards, threads.</param>
    /// <param name="progress">Told after each block of images.</param>
    /// <param name="cancel">Stops, and leaves what was done for the next call.</param>
    /// <exception cref="OffendersException">Images cannot be used; every one is listed and nothing is
    /// written.</exception>
    /// <exception cref="AtelierException">Kind Usage: a wrong option; kind Dataset: no images, or a class
    /// lost all of its images; kind Disk: the disk is full or failed; kind Preflight: a decoder is not
    /// installed, or another process is packing there.</exception>
    public static PackReport Pack(ImageSource source, string path, PackOptions options,
        IProgress<PackProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        CheckSize(options.Size);
        if (source.StructuralOffenders.Count > 0)
            throw new OffendersException(source.Description,
                DatasetScanner.Scan(source, options, progress, cancel), false);
        var splits = DatasetScanner.SelectSplits(source, options);
        if (splits.Count == 0)
            throw new AtelierException(FailureKind.Dataset, $"{source.Description} has no images.");

        var partial = new PartialDataset(path, options.ShardBytes is not null);
        var sweep = new ImageSweep(source, options.ThreadCount, cancel);
        var needed = 0L;
        var resumed = false;
        try
        {
            var fingerprint = PackFingerprint.Of(source, splits, options, cancel);
            partial.Create();
            using var journal = new PackJournal(partial.Folder, fingerprint);
            try
            {
                resumed = journal.Resumes;
                if (!resumed)
                    partial.Clear(journal);
                var run = new PackRun(source, splits, options, sweep, journal, progress, cancel);
                var layout = run.Scan();
                needed = layout.MaxBytes;
                CheckSpace(path, needed, partial.Bytes());
                using var sink = new PackSink(partial.Folder, layout, options.ShardBytes is not null);
                run.Fill(sink, layout);
                run.CheckNothingVanished(sink);
                sink.Complete(sweep.BadCount);
                partial.Publish(sink.FirstFile, journal);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Whatever it was, it would be met again; and a full disk wants its space back.
                partial.Remove();
                throw;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DiskFailure.From(exception, path, needed);
        }

        using var dataset = PackedDataset.Open(path);
        return new PackReport(dataset.Info(), [.. sweep.Offenders], source.IgnoredFiles, resumed);
    }

    private static void CheckSize(ImageSize size)
    {
        if (size is { Width: < 1 or > PackOptions.MaxSize } or { Height: < 1 or > PackOptions.MaxSize })
        {
            throw new AtelierException(FailureKind.Usage,
                $"--size {size}: the side of an image has 1 to {PackOptions.MaxSize} pixels.");
        }
    }

    private static void CheckSpace(string path, long needed, long there)
    {
        var free = DiskFailure.FreeBytes(path);
        if (free >= 0 && free + there < needed)
            throw DiskFailure.Full(path, needed);
    }
}
