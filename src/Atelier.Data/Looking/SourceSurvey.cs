using Atelier.Data.Decoding;

namespace Atelier.Data;

/// <summary>What the headers of unpacked images say.</summary>
/// <param name="Path">What was looked at.</param>
/// <param name="Source">What it is.</param>
/// <param name="Count">Images over all splits.</param>
/// <param name="Splits">The splits with their counts.</param>
/// <param name="Classes">The classes with their counts.</param>
/// <param name="Formats">Images of each file format.</param>
/// <param name="Grey">Images with one channel.</param>
/// <param name="Transparent">Images with transparency.</param>
/// <param name="LeastWidth">Pixels in a row of the narrowest.</param>
/// <param name="MostWidth">Pixels in a row of the widest.</param>
/// <param name="LeastHeight">Rows of the lowest.</param>
/// <param name="MostHeight">Rows of the highest.</param>
/// <param name="Unreadable">Images without a good header; 'data check' lists them.</param>
/// <param name="Ignored">Files that are no images and were passed over.</param>
public sealed record SourceSurvey(
    string Path, string Source, int Count, IReadOnlyList<SplitCount> Splits, IReadOnlyList<ClassInfo> Classes,
    IReadOnlyDictionary<string, int> Formats, int Grey, int Transparent, int LeastWidth, int MostWidth,
    int LeastHeight, int MostHeight, int Unreadable, int Ignored)
{
    /// <summary>Reads every header; nothing is decoded.</summary>
    public static SourceSurvey Of(string path, ImageSource source, IProgress<PackProgress>? progress = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var headers = new ImageHeader?[source.Count];
        var sweep = new ImageSweep(source, Environment.ProcessorCount, cancel);
        foreach (var (start, count) in DatasetScanner.Blocks(source.Splits))
        {
            sweep.Run(start, count, index => headers[index] = source.ReadHeader(index));
            progress?.Report(new PackProgress("headers", start + count, source.Count));
        }

        var counts = new int[source.ClassNames.Count];
        for (var index = 0; index < source.Count; index++)
            counts[source.LabelOf(index)]++;
        var read = headers.OfType<ImageHeader>().ToList();
        return new SourceSurvey(path, source.Description, source.Count,
            [.. source.Splits.Select(split => new SplitCount(split.Name, split.Count))],
            [.. source.ClassNames.Select((name, index) => new ClassInfo(index, name, counts[index]))],
            read.GroupBy(header => header.Format).OrderByDescending(group => group.Count())
                .ToDictionary(group => group.Key.ToString().ToLowerInvariant(), group => group.Count()),
            read.Count(header => header.Channels == 1), read.Count(header => header.HasAlpha),
            read.Min(header => (int?)header.Width) ?? 0, read.Max(header => (int?)header.Width) ?? 0,
            read.Min(header => (int?)header.Height) ?? 0, read.Max(header => (int?)header.Height) ?? 0,
            source.Count - read.Count, source.IgnoredFiles);
    }
}
