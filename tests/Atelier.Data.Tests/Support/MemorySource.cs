using Atelier.Data.Decoding;
using Atelier.Data.Resizing;

namespace Atelier.Data.Tests.Support;

/// <summary>Images in memory, in classes "a", "b", ...; a null image is a bad one.</summary>
internal sealed class MemorySource(IReadOnlyList<string> classNames) : ImageSource
{
    private readonly List<(RasterImage? Image, int Label)> images = [];
    private readonly List<SourceSplit> splits = [];

    public override string Description => "images in memory";

    public override IReadOnlyList<string> ClassNames => classNames;

    public override IReadOnlyList<SourceSplit> Splits => splits;

    public MemorySource Split(string name, params IReadOnlyList<(RasterImage? Image, int Label)> content)
    {
        splits.Add(new SourceSplit(name, images.Count, content.Count));
        images.AddRange(content);
        return this;
    }

    public override ResizeFit FitFor(int size) => ResizeFit.CentreCrop;

    public override string NameOf(int index) => $"image {index}";

    public override int LabelOf(int index) => images[index].Label;

    public override ImageHeader ReadHeader(int index) => images[index].Image is { } image
        ? new ImageHeader(ImageFormat.Raw, image.Width, image.Height, image.Channels, false, 8)
        : throw new BadImageException("nothing is there");

    public override RasterImage Decode(int index) => images[index].Image
        ?? throw new BadImageException("nothing is there");
}
