namespace Atelier.Data;

/// <summary>Tells images of a source in every way.</summary>
internal sealed class ImagePlaces(ImageSource source)
{
    private readonly IReadOnlyList<SourceSplit> splits = source.Splits;

    /// <summary>An image by its index over all splits.</summary>
    public ImagePlace Of(int index)
    {
        var split = splits.First(split => index >= split.Start && index < split.Start + split.Count);
        return new ImagePlace(index, split.Name, source.NameOf(index),
            source.ClassNames[source.LabelOf(index)]);
    }
}
