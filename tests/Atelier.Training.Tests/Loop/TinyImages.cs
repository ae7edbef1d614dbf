using Atelier.Data;
using Atelier.Data.Decoding;
using Atelier.Data.Resizing;

namespace Atelier.Training.Tests.Loop;

/// <summary>64 grey images, of 32x32 unless said otherwise, in three classes of unequal size, from a
/// seed.</summary>
internal sealed class TinyImages(int seed, int heldOut = 0, ImageSize? shape = null) : ImageSource
{
    public const int ImageCount = 64;
    private readonly ImageSize size = shape ?? 32;

    public override string Description => $"tiny images {seed}";

    public override IReadOnlyList<string> ClassNames { get; } = ["stripe", "dot", "ring"];

    public override IReadOnlyList<SourceSplit> Splits { get; } = [new("train", 0, ImageCount),
        .. heldOut > 0 ? [new SourceSplit("test", ImageCount, heldOut)] : Array.Empty<SourceSplit>()];

    public static PackedDataset Pack(
        string path, int seed = 1, int heldOut = 0, ImageSize? shape = null)
    {
        using var source = new TinyImages(seed, heldOut, shape);
        DatasetPacker.Pack(source, path, new PackOptions { Size = source.size, Threads = 1 });
        return PackedDataset.Open(path);
    }

    public override ResizeFit FitFor(int size) => ResizeFit.CentreCrop;

    public override string NameOf(int index) => $"image {index}";

    public override int LabelOf(int index) => index < 30 ? 0 : index < 50 ? 1 : 2;

    public override ImageHeader ReadHeader(int index) =>
        new(ImageFormat.Png, size.Width, size.Height, 1, false, 8);

    public override RasterImage Decode(int index)
    {
        var pixels = new byte[size.Width * size.Height];
        new Random((seed * ImageCount) + index).NextBytes(pixels);
        return new RasterImage(size.Width, size.Height, 1, pixels);
    }
}
