namespace Atelier.Torch;

/// <summary>
/// How the bytes of pictures and the values of networks correspond, in both directions:
/// x = byte / 127.5 - 1 in [-1, 1], and byte = floor(127.5 x + 128) clamped to 0..255, which rounds half up.
/// A byte that goes there and back is unchanged.
/// </summary>
public static class PixelRange
{
    /// <summary>Pictures as a network takes them.</summary>
    /// <param name="bytes">uint8, any shape.</param>
    /// <param name="device">Where the result lies.</param>
    /// <returns>float32 of the same shape in [-1, 1].</returns>
    public static Tensor FromBytes(Tensor bytes, Device device)
    {
        using var scope = new TensorScope();
        // Bytes travel, floats are made over there: a quarter of the traffic.
        var floats = bytes.To(DType.UInt8).Send(device).To(DType.Float32);
        return scope.Keep(floats.DivInPlace(127.5).SubInPlace(1));
    }

    /// <summary>What a network made, as pictures. NaN has no byte: whoever may meet it asks first.</summary>
    /// <param name="images">Floating point, any shape; values outside [-1, 1] are clamped.</param>
    /// <returns>uint8 of the same shape.</returns>
    public static Tensor ToBytes(Tensor images)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var scaled = images.Detach().To(DType.Float32) * 127.5 + 128;
        return scope.Keep(scaled.Floor().Clamp(0, 255).To(DType.UInt8));
    }
}
