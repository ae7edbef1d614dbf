using System.Globalization;

namespace Atelier.Data;

/// <summary>
/// Reads all of a dataset, packed or not, and tells what is wrong or odd: damage, images that cannot be used,
/// test images that are in the training set, duplicates, constant images, small and unbalanced classes.
/// </summary>
public static class DatasetCheck
{
    /// <summary>The largest <see cref="CheckOptions.NearBits"/>.</summary>
    public const int MostBits = DuplicateSearch.MostBits;

    // Between 32x32 grey levels. Copies that were compressed again reach 0.995; of Fashion-MNIST's test
    // images, where all trousers stand alike, one in two hundred has a training image as near.
    private const double LeastCorrelation = 0.992;

    /// <summary>Checks whatever a path is.</summary>
    /// <param name="path">A packed file, a sharded folder, or a source of images.</param>
    /// <param name="options">What to look for.</param>
    /// <param name="progress">Told after each block of images.</param>
    /// <param name="cancel">Stops the check.</param>
    /// <exception cref="AtelierException">Kind Dataset: nothing that can be opened; kind Disk: it cannot be
    /// read.</exception>
    public static DatasetCheckReport Run(string path, CheckOptions options,
        IProgress<PackProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (DatasetOpener.Identify(path) != DatasetKind.Packed)
        {
            using var unpacked = DatasetOpener.OpenSource(path);
            return Run(path, unpacked, [], options, progress, cancel);
        }

        var dataset = PackedDataset.Open(path);
        using var source = new PackedSource(dataset);
        return Run(path, source, [Content(dataset, progress, cancel)], options, progress, cancel);
    }

    private static Finding Content(PackedDataset dataset, IProgress<PackProgress>? progress,
        CancellationToken cancel)
    {
        try
        {
            dataset.Verify(progress, cancel);
            return new Finding(FindingSeverity.Ok, "content", "every byte is as it was packed");
        }
        catch (AtelierException exception) when (exception.Kind == FailureKind.Dataset)
        {
            return new Finding(FindingSeverity.Bad, "content", exception.Message);
        }
    }

    private static DatasetCheckReport Run(string path, ImageSource source, IReadOnlyList<Finding> first,
        CheckOptions options, IProgress<PackProgress>? progress, CancellationToken cancel)
    {
        var walk = new ImageWalk(source, options.Policy, progress, cancel);
        var signatures = new ImageSignature?[source.Count];
        walk.Run((index, image) => signatures[index] = ImageSignature.Of(image));
        var places = new ImagePlaces(source);
        var search = new DuplicateSearch(signatures, (left, right) => PerceptualHash.Correlation(
            PerceptualHash.GreyOf(walk.Decode(left)), PerceptualHash.GreyOf(walk.Decode(right)))
                >= LeastCorrelation);
        List<DuplicateGroup> duplicates =
            [.. search.Exact().Select(group => new DuplicateGroup(true, [.. group.Select(places.Of)]))];
        if (options.NearBits is { } bits)
        {
            duplicates.AddRange(search.Near(bits, options.LeastRange, cancel)
                .Select(group => new DuplicateGroup(false, [.. group.Select(places.Of)])));
        }

        var constant = Enumerable.Range(0, signatures.Length)
            .Where(i => signatures[i] is { } image && image.Range < options.LeastRange).Select(places.Of);
        var report = new DatasetCheckReport(
            path, source.Count, [], walk.Offenders, duplicates, [.. constant]);
        return report with
        {
            Findings =
            [
                .. first, Usable(report), .. DuplicateFindings.Of(report, options.NearBits is not null),
                Constant(report), .. ClassFindings.Of(source, walk, options),
            ],
        };
    }

    private static Finding Usable(DatasetCheckReport report) => report.Offenders.Count == 0
        ? new Finding(FindingSeverity.Ok, "images", Text($"all {report.Count} images can be used"))
        : new Finding(FindingSeverity.Bad, "images",
            Text($"entries that cannot be used: {report.Offenders.Count} of {report.Count}"));

    private static Finding Constant(DatasetCheckReport report) => report.Constant.Count == 0
        ? new Finding(FindingSeverity.Ok, "constant", "no image shows a single colour")
        : new Finding(FindingSeverity.Warning, "constant",
            Text($"images of next to nothing but a single colour: {report.Constant.Count}"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
