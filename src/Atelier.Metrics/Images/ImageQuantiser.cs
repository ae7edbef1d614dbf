using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// Images to be scored, between bytes and floats as <see cref="PixelRange"/> says, with the checks that a
/// score needs.
/// </summary>
public static class ImageQuantiser
{
    /// <summary>Rounds images to bytes.</summary>
    /// <param name="images">float [N, C, H, W] in [-1, 1], values outside are clamped; or uint8, which is
    /// copied.</param>
    /// <returns>Bytes [N, C, H, W], row-major.</returns>
    /// <exception cref="AtelierException">Another rank (Bug), or NaN or infinity in an image
    /// (Numeric).</exception>
    public static byte[] ToBytes(Tensor images)
    {
        if (images.Rank != 4)
            throw new AtelierException(FailureKind.Bug, $"Images are [N, C, H, W]; this is {images}.");
        if (images.DType == DType.UInt8) return images.ToArray<byte>();

        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var values = images.Detach().To(DType.Float32);
        if (values.Isfinite().All().Item() == 0) throw NotFinite(values);
        return PixelRange.ToBytes(values).ToArray<byte>();
    }

    /// <summary>Bytes as float32 images [N, C, S, S] in [-1, 1] on the host.</summary>
    /// <param name="bytes">Bytes [N, C, S, S], row-major.</param>
    /// <param name="channels">C.</param>
    /// <param name="size">S.</param>
    public static Tensor ToTensor(ReadOnlySpan<byte> bytes, int channels, int size) =>
        ToTensor(bytes, channels, size, size);

    /// <summary>Bytes as float32 images [N, C, H, W] in [-1, 1] on the host.</summary>
    /// <param name="bytes">Bytes [N, C, H, W], row-major.</param>
    /// <param name="channels">C.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    public static Tensor ToTensor(ReadOnlySpan<byte> bytes, int channels, int height, int width)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var count = bytes.Length / (channels * height * width);
        var pixels = Tensor.FromArray(bytes, count, channels, height, width);
        return scope.Keep(PixelRange.FromBytes(pixels, Device.Cpu));
    }

    private static AtelierException NotFinite(Tensor values)
    {
        var perImage = values.Flatten(1).Isfinite().All(1).ToArray<byte>();
        return new AtelierException(
            FailureKind.Numeric,
            $"Image {Array.IndexOf(perImage, (byte)0)} of the batch holds NaN or infinity, so it cannot be "
            + "scored. The generator has diverged; go back to an earlier checkpoint.");
    }
}
