using Atelier.Cli.Application;
using Atelier.Data;
using Atelier.Metrics;

namespace Atelier.Cli.Work;

/// <summary>Finds the evaluation classifier for a dataset.</summary>
internal static class BackboneFinder
{
    /// <summary>
    /// The named backbone, or the shipped one of the same classes, channels and size; null when none fits.
    /// </summary>
    /// <exception cref="AtelierException">The named one is missing or damaged.</exception>
    public static SmallClassifierBackbone? Find(AtelierHome home, PackedDataset dataset, string? named) =>
        Find(home, dataset.Channels, dataset.ImageSize, dataset.ClassNames, named);

    /// <summary>The named backbone, or the shipped one that takes such images of such classes.</summary>
    /// <exception cref="AtelierException">The named one is missing or damaged.</exception>
    public static SmallClassifierBackbone? Find(
        AtelierHome home, int channels, ImageSize images, IReadOnlyList<string> classNames, string? named)
    {
        if (named is not null) return SmallClassifierBackbone.Load(named);
        if (!images.IsSquare || !Directory.Exists(home.Backbones)) return null;
        var input = new BackboneInput(channels, images.Height);
        var paths = Directory.EnumerateFiles(home.Backbones, "*.safetensors").Order(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            var backbone = SmallClassifierBackbone.Load(path);
            if (backbone.Input == input && backbone.ClassNames.SequenceEqual(classNames)) return backbone;
            backbone.Dispose();
        }

        return null;
    }

    /// <summary>
    /// As <see cref="Find(AtelierHome, PackedDataset, string?)"/>, for a command that cannot do without.
    /// </summary>
    /// <exception cref="AtelierException">None fits; the message says how to make one.</exception>
    public static SmallClassifierBackbone Require(AtelierHome home, PackedDataset dataset, string? named) =>
        Find(home, dataset, named) ?? throw new AtelierException(
            FailureKind.Usage,
            $"No shipped evaluation classifier fits {dataset.Channels}x{dataset.Height}x{dataset.Width} " +
            $"images of these {dataset.ClassNames.Count} classes. Make one with 'atelier backbone train " +
            $"--data {dataset.Path} -o my-backbone.safetensors' and name it with --backbone.");

    /// <summary>
    /// The split that scores are taken against: the training images, or all when there is no such split.
    /// </summary>
    public static DatasetView Reference(PackedDataset dataset, string? split = null) =>
        dataset.Split(
            split ?? (dataset.Splits.Any(static s => s.Name == "train") ? "train" : dataset.Splits[0].Name));
}
