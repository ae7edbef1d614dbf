using Atelier.Cli.Application;
using Atelier.Cli.Progress;
using Atelier.Data;

namespace Atelier.Cli.Work;

/// <summary>
/// Images that a user named: a packed dataset, or anything else packed into the cache, or for as long as this
/// lives.
/// </summary>
internal sealed class OpenedImages : IDisposable
{
    private readonly string scratch = Path.Combine(
        Path.GetTempPath(), "atelier-" + Path.GetRandomFileName());

    /// <summary>Opens images at the size of the dataset that they are compared with.</summary>
    /// <param name="target">Whatever <see cref="DatasetOpener"/> knows.</param>
    /// <param name="size">The size that images are packed at.</param>
    /// <param name="services">Where packing is shown, and the cache.</param>
    /// <param name="usesCache">Keep what is packed, and use what was kept.</param>
    /// <exception cref="AtelierException">They cannot be used (Dataset).</exception>
    public OpenedImages(string target, ImageSize size, CliServices services, bool usesCache = true)
    {
        if (DatasetOpener.Identify(target) == DatasetKind.Packed)
        {
            Dataset = PackedDataset.Open(target);
            return;
        }

        using var view = new PackView(services);
        using var source = DatasetOpener.OpenSource(target);
        var options = new PackOptions { Size = size };
        var cancel = services.Signals.Token;
        Dataset = (usesCache ? Cache(services).TryOpen(source, target, options, view, cancel) : null)
            ?? Pack(source, options, view, cancel);
    }

    /// <summary>The images.</summary>
    public PackedDataset Dataset { get; }

    /// <summary>What is compared with training images: the test images, or the only ones.</summary>
    public DatasetView View => HeldOut(Dataset, null) ?? Dataset.Split(Dataset.Splits[0].Name);

    /// <summary>The images of a dataset that training does not see: those of its test or val split, unless
    /// they are the reference themselves; else null.</summary>
    public static DatasetView? HeldOut(PackedDataset dataset, string? reference)
    {
        var name = ((string[])["test", "val"]).FirstOrDefault(
            word => word != reference && dataset.Splits.Any(split => split.Name == word));
        return name is null ? null : dataset.Split(name);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dataset.Dispose();
        Clean();
    }

    private static PackCache Cache(CliServices services) => new(
        Path.Combine(XdgFolders.Cache(services.Environment), "packed"), warn: services.Output.Warn);

    private PackedDataset Pack(
        ImageSource source, PackOptions options, PackView view, CancellationToken cancel)
    {
        try
        {
            Directory.CreateDirectory(scratch);
            var file = Path.Combine(scratch, "images.atl");
            DatasetPacker.Pack(source, file, options, view, cancel);
            return PackedDataset.Open(file);
        }
        catch
        {
            Clean();
            throw;
        }
    }

    private void Clean()
    {
        if (Directory.Exists(scratch)) Directory.Delete(scratch, recursive: true);
    }
}
