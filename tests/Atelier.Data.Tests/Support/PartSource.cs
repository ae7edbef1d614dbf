using Atelier.Data.Decoding;
using Atelier.Data.Resizing;

namespace Atelier.Data.Tests.Support;

/// <summary>A run of the images of another source, its splits cut accordingly.</summary>
internal sealed class PartSource(ImageSource whole, int start, int count) : ImageSource
{
    public override string Description => whole.Description;

    public override IReadOnlyList<string> ClassNames => whole.ClassNames;

    public override IReadOnlyList<SourceSplit> Splits => [.. whole.Splits
        .Select(split => (split.Name, First: Math.Max(split.Start, start),
            End: Math.Min(split.Start + split.Count, start + count)))
        .Where(part => part.End > part.First)
        .Select(part => new SourceSplit(part.Name, part.First - start, part.End - part.First))];

    public override ResizeFit FitFor(int size) => whole.FitFor(size);

    public override string NameOf(int index) => whole.NameOf(start + index);

    public override int LabelOf(int index) => whole.LabelOf(start + index);

    public override ImageHeader ReadHeader(int index) => whole.ReadHeader(start + index);

    public override RasterImage Decode(int index) => whole.Decode(start + index);
}
