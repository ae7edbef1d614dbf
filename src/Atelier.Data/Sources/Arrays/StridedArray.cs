using Atelier.IO;

namespace Atelier.Data.Arrays;

/// <summary>Images that lie at equal distances in a file or in memory.</summary>
/// <param name="bytes">Where they lie; taken over.</param>
/// <param name="start">First byte of the first image.</param>
/// <param name="stride">Bytes from one image to the next.</param>
/// <param name="count">How many there are; all must lie inside.</param>
/// <param name="shape">The shape of each.</param>
internal sealed class StridedArray(
    UntrustedBytes bytes, long start, long stride, int count, ImageShape shape) : ImageArray
{
    /// <inheritdoc/>
    public override int Count => count;

    /// <inheritdoc/>
    public override ImageShape Shape => shape;

    /// <inheritdoc/>
    public override byte[] Read(int index) => bytes.Read(start + (index * stride), shape.Bytes);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            bytes.Dispose();
        base.Dispose(disposing);
    }
}
