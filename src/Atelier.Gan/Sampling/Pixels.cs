using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>Images of a generator as bytes.</summary>
public static class Pixels
{
    /// <summary>
    /// round((x + 1) * 127.5), clamped: the inverse of what images go through on their way in.
    /// </summary>
    /// <param name="images">float [N, C, H, W] in [-1, 1].</param>
    /// <returns>Bytes, row-major.</returns>
    public static byte[] ToBytes(Tensor images)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        return images.Detach().To(DType.Float32).Add(1).Mul(127.5).Round().Clamp(0, 255).To(DType.UInt8)
            .ToArray<byte>();
    }
}
