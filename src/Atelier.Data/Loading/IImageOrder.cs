namespace Atelier.Data;

/// <summary>
/// The order of the images in each epoch: a permutation that depends on seed and epoch alone.
/// </summary>
internal interface IImageOrder
{
    /// <summary>The image at a place of an epoch.</summary>
    /// <param name="epoch">From 0.</param>
    /// <param name="position">From 0 to the count of images less 1.</param>
    int At(long epoch, int position);
}
