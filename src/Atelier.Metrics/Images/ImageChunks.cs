using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>A set of images as tensors, some at a time.</summary>
public static class ImageChunks
{
    private const int MostImages = 64;

    /// <summary>All images in their order.</summary>
    /// <param name="images">The images.</param>
    /// <returns>The place of the first of each chunk, and the chunk, uint8 [N, C, H, W] with an even N of at
    /// most 64 but at the end; it is freed when the next one is asked for.</returns>
    public static IEnumerable<(int Start, Tensor Pixels)> Of(IImageSet images)
    {
        for (var start = 0; start < images.Count; start += MostImages)
        {
            var count = Math.Min(MostImages, images.Count - start);
            var bytes = new byte[count * images.ImageBytes];
            images.CopyImages([.. Enumerable.Range(start, count)], bytes);
            using var pixels = Tensor
                .FromArray<byte>(bytes, count, images.Channels, images.Height, images.Width);
            yield return (start, pixels);
        }
    }
}
