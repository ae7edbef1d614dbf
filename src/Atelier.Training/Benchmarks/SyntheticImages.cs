using Atelier.Data;
using Atelier.Data.Decoding;
using Atelier.Data.Resizing;

namespace Atelier.Training.Benchmarks;

/// <summary>Noise from a fixed seed in place of pictures; classes take turns.</summary>
/// <param name="size">Size of the images.</param>
/// <param name="channels">1 or 3.</param>
/// <param name="classes">Number of classes.</param>
/// <param name="count">Number of images.</param>
public sealed class SyntheticImages(ImageSize size, int channels, int classes, int count) : ImageSource
{
    private const int StorageBytes = 64 << 20;
    private const int MostImages = 1024;
    private const int Seed = 20180928;

    /// <inheritdoc/>
    public override string Description => $"{count} synthetic images";

    /// <inheritdoc/>
    public override IReadOnlyList<string> ClassNames { get; } =
        [.. Enumerable.Range(0, classes).Select(static k => $"class {k}")];

    /// <inheritdoc/>
    public override IReadOnlyList<SourceSplit> Splits => [new("train", 0, count)];

    /// <summary>Packs enough of them for batches of a size into a file, and opens it.</summary>
    /// <param name="path">The file to create.</param>
    /// <param name="size">Size of the images.</param>
    /// <param name="channels">1 or 3.</param>
    /// <param name="classes">Number of classes; each has an image.</param>
    /// <param name="batch">Images of a batch; there are at least as many.</param>
    public static PackedDataset Pack(string path, ImageSize size, int channels, int classes, int batch)
    {
        var fitting = StorageBytes / (channels * size.Width * size.Height);
        var count = Math.Max(Math.Max(batch, classes), Math.Min(fitting, MostImages));
        using var source = new SyntheticImages(size, channels, classes, count);
        DatasetPacker.Pack(source, path, new PackOptions { Size = size });
        return PackedDataset.Open(path);
    }

    /// <inheritdoc/>
    public override ResizeFit FitFor(int size) => ResizeFit.CentreCrop;

    /// <inheritdoc/>
    public override string NameOf(int index) => $"synthetic image {index}";

    /// <inheritdoc/>
    public override int LabelOf(int index) => index % classes;

    /// <inheritdoc/>
    public override ImageHeader ReadHeader(int index) =>
        new(ImageFormat.Png, size.Width, size.Height, channels, false, 8);

    /// <inheritdoc/>
    public override RasterImage Decode(int index)
    {
        var pixels = new byte[size.Width * size.Height * channels];
        new Random(Seed + index).NextBytes(pixels);
        return new RasterImage(size.Width, size.Height, channels, pixels);
    }
}
