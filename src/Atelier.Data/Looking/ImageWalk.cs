using Atelier.Data.Decoding;

namespace Atelier.Data;

/// <summary>
/// Decodes every image of a source once, on all processors, and hands the good ones on with the channels that
/// packing would give them.
/// </summary>
internal sealed class ImageWalk
{
    private const int BlockImages = 512;

    private readonly ImageSource source;
    private readonly ImagePolicy policy;
    private readonly ImageSweep sweep;
    private readonly CancellationToken cancel;
    private readonly IProgress<PackProgress>? progress;

    /// <summary>Reads all headers.</summary>
    /// <param name="source">The images.</param>
    /// <param name="policy">What happens to grey and transparent images.</param>
    /// <param name="progress">Told after each block of images.</param>
    /// <param name="cancel">Stops the walk.</param>
    /// <param name="splits">The splits to walk through, or null for all.</param>
    public ImageWalk(ImageSource source, ImagePolicy policy, IProgress<PackProgress>? progress,
        CancellationToken cancel, IReadOnlyList<SourceSplit>? splits = null)
    {
        (this.source, this.policy, this.progress, this.cancel) = (source, policy, progress, cancel);
        Splits = splits ?? SourceSplits.Choose(source, null);
        sweep = new ImageSweep(source, Environment.ProcessorCount, cancel);
        Channels = DatasetScanner.ScanHeaders(source, Splits, policy, sweep, progress, cancel);
    }

    /// <summary>The splits that are walked through.</summary>
    public IReadOnlyList<SourceSplit> Splits { get; }

    /// <summary>The channels that images are handed on with: 1 or 3.</summary>
    public int Channels { get; }

    /// <summary>What cannot be used, structural faults first.</summary>
    public IReadOnlyList<Offender> Offenders => [.. source.StructuralOffenders, .. sweep.Offenders];

    /// <summary>True for an image that is not handed on.</summary>
    public bool IsBad(int index) => sweep.IsBad(index);

    /// <summary>Decodes one good image once more.</summary>
    public RasterImage Decode(int index) => policy.Apply(source.Decode(index), Channels);

    /// <summary>Calls <paramref name="visit"/> for every good image, from many threads at once.</summary>
    public void Run(Action<int, RasterImage> visit)
    {
        var (done, total) = (0, Splits.Sum(split => split.Count));
        foreach (var (start, count) in DatasetScanner.Blocks(Splits, BlockImages))
        {
            sweep.Run(start, count, index =>
            {
                if (!sweep.IsBad(index))
                    visit(index, Decode(index));
            });
            cancel.ThrowIfCancellationRequested();
            progress?.Report(new PackProgress("images", done += count, total));
        }
    }
}
