using Atelier.Cli.Output;
using Atelier.Cli.Progress;
using Atelier.Data;

namespace Atelier.Cli.Work;

/// <summary>
/// Images that a user named: a packed dataset, or a folder that is packed for as long as this lives.
/// </summary>
internal sealed class OpenedImages : IDisposable
{
    private readonly string scratch = Path.Combine(
        Path.GetTempPath(), "atelier-" + Path.GetRandomFileName());

    /// <summary>Opens images at the size of the dataset that they are compared with.</summary>
    /// <exception cref="AtelierException">They cannot be used (Dataset).</exception>
    public OpenedImages(
        string target, ImageSize size, IOutput output, CancellationToken cancel = default)
    {
        Directory.CreateDirectory(scratch);
        try
        {
            using var view = new PackView(output, TimeProvider.System);
            Dataset = DatasetOpener.OpenOrPack(
                target, Path.Combine(scratch, "images.atl"), new PackOptions { Size = size }, null, view,
                cancel);
        }
        catch
        {
            Directory.Delete(scratch, recursive: true);
            throw;
        }
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
        Directory.Delete(scratch, recursive: true);
    }
}
