using Atelier.Cli.Application;
using Atelier.Data;
using Atelier.Data.Resizing;
using Atelier.Metrics;
using Atelier.Text;

namespace Atelier.Cli.Work;

/// <summary>
/// Finds the network under which a dataset is scored: a file, an imported network by its name, a shipped
/// classifier by its name, or the shipped classifier that fits.
/// </summary>
internal static class BackboneFinder
{
    private static readonly string[] PublishedEndings = [".pth", ".pt", ".tar", ".bin"];

    /// <summary>
    /// The named backbone, or the shipped one of the same classes, channels and size; null when none fits.
    /// </summary>
    /// <exception cref="AtelierException">The named one is missing or damaged.</exception>
    public static IBackbone? Find(
        CliServices services, PackedDataset dataset, string? named, ImageResizing? resizing = null) =>
        Find(
            services, new BackboneInput(dataset.Channels, dataset.ImageSize), dataset.ClassNames, named,
            resizing);

    /// <summary>The named backbone, or the shipped one that takes such images of such classes.</summary>
    /// <exception cref="AtelierException">The named one is missing or damaged.</exception>
    public static IBackbone? Find(
        CliServices services, BackboneInput input, IReadOnlyList<string> classNames, string? named,
        ImageResizing? resizing = null)
    {
        if (named is not null) return Named(services, input, named, resizing);
        foreach (var path in Shipped(services.Home))
        {
            var backbone = SmallClassifierBackbone.Load(path);
            if (backbone.Input == input && backbone.ClassNames.SequenceEqual(classNames)) return backbone;
            backbone.Dispose();
        }

        return null;
    }

    /// <summary>
    /// As <see cref="Find(CliServices, PackedDataset, string?, ImageResizing?)"/>, for a command that cannot
    /// do without.
    /// </summary>
    /// <exception cref="AtelierException">None fits; the message says how to make one.</exception>
    public static IBackbone Require(
        CliServices services, PackedDataset dataset, string? named, ImageResizing? resizing = null) =>
        Find(services, dataset, named, resizing) ?? throw new AtelierException(
            FailureKind.Usage,
            $"No shipped evaluation classifier fits {dataset.Channels}x{dataset.Height}x{dataset.Width} " +
            $"images of these {dataset.ClassNames.Count} classes. Make one with 'atelier backbone train " +
            $"--data {dataset.Path} -o my-backbone.safetensors' and name it with --backbone, or take a " +
            "network of 'atelier backbone list'.");

    /// <summary>
    /// The split that scores are taken against: the training images, or all when there is no such split.
    /// </summary>
    public static DatasetView Reference(PackedDataset dataset, string? split = null) =>
        dataset.Split(
            split ?? (dataset.Splits.Any(static s => s.Name == "train") ? "train" : dataset.Splits[0].Name));

    /// <summary>The networks that this user imported.</summary>
    public static NetworkStore Store(CliServices services) =>
        new(Path.Combine(XdgFolders.Data(services.Environment), "backbones"));

    /// <summary>The shipped classifiers' files.</summary>
    public static IEnumerable<string> Shipped(AtelierHome home) => Directory.Exists(home.Backbones)
        ? Directory.EnumerateFiles(home.Backbones, "*.safetensors").Order(StringComparer.Ordinal)
        : [];

    private static IBackbone Named(
        CliServices services, BackboneInput input, string named, ImageResizing? resizing)
    {
        if (File.Exists(named)) return OfFile(named, input, resizing);
        if (NetworkCatalogue.Find(named) is { } entry) return Store(services).Load(entry, input, resizing);
        var shipped = Shipped(services.Home).ToDictionary(static p => Path.GetFileNameWithoutExtension(p));
        if (shipped.TryGetValue(named, out var path)) return OfFile(path, input, resizing);
        throw new AtelierException(
            FailureKind.Checkpoint,
            $"There is no backbone '{named}': no file, no network of 'atelier backbone list' and no " +
            "shipped classifier has that name." +
            Suggestion.DidYouMean(named, [.. NetworkCatalogue.Names, .. shipped.Keys]));
    }

    private static IBackbone OfFile(string path, BackboneInput input, ImageResizing? resizing)
    {
        if (NetworkFile.Recognises(path)) return NetworkStore.Load(path, input, resizing);
        if (PublishedEndings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            throw new AtelierException(
                FailureKind.Checkpoint,
                $"'{path}' holds weights of another program. Import them first, with 'atelier backbone " +
                "import NAME FILE', and name the network with --backbone NAME.");
        var own = SmallClassifierBackbone.Load(path);
        if (own.Input == input) return own;
        var preparation = new ImagePreparation(
            own.Input.Channels, own.Shape.Size, resizing ?? ImageResizing.Clean, ResizeFilter.Bicubic,
            ImageNormalisation.Symmetric);
        return new PreparedBackbone(new ClassifierNetwork(own), preparation, input);
    }
}
