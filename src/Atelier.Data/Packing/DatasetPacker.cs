using Atelier.Data.Resizing;
using Atelier.IO;

namespace Atelier.Data;

/// <summary>
/// Packs a source into one file. The bytes depend on the source and the options, not on threads or time.
/// </summary>
public static class DatasetPacker
{
    /// <summary>
    /// Reads all headers, then decodes, resizes and writes; the file appears whole or not at all.
    /// </summary>
    /// <param name="source">The images.</param>
    /// <param name="path">The file to create or replace, <c>.atl</c> by custom; its folder must
    /// exist.</param>
    /// <param name="options">Size, resizer, policy, splits, threads.</param>
    /// <param name="progress">Told after each block of images.</param>
    /// <param name="cancel">Stops and removes what was written.</param>
    /// <exception cref="OffendersException">Images cannot be used; every one is listed and nothing is
    /// written.</exception>
    /// <exception cref="AtelierException">Kind Usage: a wrong option; kind Dataset: no images, or a class
    /// lost all of its images; kind Disk: the disk is full or failed; kind Preflight: a decoder is not
    /// installed.</exception>
    public static PackReport Pack(ImageSource source, string path, PackOptions options,
        IProgress<PackProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Size is { Width: < 1 or > PackOptions.MaxSize }
            or { Height: < 1 or > PackOptions.MaxSize })
        {
            throw new AtelierException(FailureKind.Usage,
                $"--size {options.Size}: the side of an image has 1 to {PackOptions.MaxSize} pixels.");
        }

        if (source.StructuralOffenders.Count > 0)
            throw new OffendersException(source.Description,
                DatasetScanner.Scan(source, options, progress, cancel), false);
        var splits = DatasetScanner.SelectSplits(source, options);
        if (splits.Count == 0)
            throw new AtelierException(FailureKind.Dataset, $"{source.Description} has no images.");

        var sweep = new ImageSweep(source, options.ThreadCount, cancel);
        var channels = DatasetScanner.ScanHeaders(source, splits, options.Policy, sweep, progress, cancel);
        var fit = options.Fit == ResizeFit.Auto ? source.FitFor(Math.Min(options.Size.Width, options.Size.Height)) : options.Fit;
        var fitter = new ImageFitter(options.Size, fit, options.Filter);
        var writer = new PackedWriter(source, splits, channels, fitter, options, sweep);
        var needed = writer.MaxFileBytes;
        var free = DiskFailure.FreeBytes(path);
        if (free >= 0 && free < needed)
            throw DiskFailure.Full(path, needed);
        AtomicFile.Write(path, stream => writer.Write(stream, progress, cancel), needed);
        using var dataset = PackedDataset.Open(path);
        return new PackReport(dataset.Info(), [.. sweep.Offenders], source.IgnoredFiles);
    }
}
