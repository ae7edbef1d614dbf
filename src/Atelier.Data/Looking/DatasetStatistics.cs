using Atelier.Data.Decoding;

namespace Atelier.Data;

/// <summary>
/// The values of the pixels of a dataset; each pixel counts once, whatever the size of its image.
/// </summary>
/// <param name="Path">What was looked at.</param>
/// <param name="Splits">The splits that were counted.</param>
/// <param name="Count">Images that were counted.</param>
/// <param name="Skipped">Images that cannot be used; 'data check' lists them.</param>
/// <param name="Channels">One a channel.</param>
/// <param name="Classes">One a class; those without images have no means.</param>
public sealed record DatasetStatistics(
    string Path, IReadOnlyList<string> Splits, int Count, int Skipped,
    IReadOnlyList<ChannelHistogram> Channels, IReadOnlyList<ClassStatistics> Classes)
{
    private static readonly string[] Colours = ["red", "green", "blue"];

    /// <summary>Counts every pixel of a source.</summary>
    /// <param name="path">Its path, for the report.</param>
    /// <param name="source">The images.</param>
    /// <param name="split">The split to count, or null for all.</param>
    /// <param name="policy">What happens to grey and transparent images, as in packing.</param>
    /// <param name="progress">Told after each block of images.</param>
    /// <param name="cancel">Stops the count.</param>
    /// <exception cref="AtelierException">Kind Usage: there is no such split; kind Dataset: no image can be
    /// used.</exception>
    public static DatasetStatistics Of(string path, ImageSource source, string? split, ImagePolicy policy,
        IProgress<PackProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var chosen = SourceSplits.Choose(source, split);
        var walk = new ImageWalk(source, policy, progress, cancel, chosen);
        var counter = new PixelCounter(walk.Channels, source.ClassNames.Count);
        walk.Run((index, image) => counter.Add(image, source.LabelOf(index)));
        if (counter.Images == 0)
            throw new AtelierException(FailureKind.Dataset,
                $"{source.Description} has no image that can be used; 'atelier data check' tells why.");
        var channels = Enumerable.Range(0, walk.Channels).Select(
            channel => counter.Channel(channel, walk.Channels == 1 ? "grey" : Colours[channel]));
        var classes = source.ClassNames.Select((name, index) => counter.Class(index, name));
        return new DatasetStatistics(path, [.. chosen.Select(item => item.Name)], counter.Images,
            chosen.Sum(item => item.Count) - counter.Images, [.. channels], [.. classes]);
    }
}
