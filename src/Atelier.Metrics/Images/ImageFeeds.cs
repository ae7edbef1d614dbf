namespace Atelier.Metrics;

/// <summary>Feeds of images to score.</summary>
public static class ImageFeeds
{
    /// <summary>The images of a dataset in their stored order, to score real images as if they were
    /// generated.</summary>
    public static ImageFeed Of(IImageSet images) => (start, count) =>
    {
        var indices = new int[count];
        for (var k = 0; k < count; k++) indices[k] = start + k;
        var bytes = new byte[count * images.ImageBytes];
        images.CopyImages(indices, bytes);
        return ImageBatch.FromBytes(bytes, Array.ConvertAll(indices, index => (long)images.Label(index)));
    };
}
