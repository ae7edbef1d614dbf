using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>Points between vectors.</summary>
public static class Interpolation
{
    private const double SmallestSine = 1e-6;

    /// <summary>Goes from each row of one matrix to the same row of another.</summary>
    /// <param name="from">[N, Z], float32.</param>
    /// <param name="to">[N, Z], float32.</param>
    /// <param name="shares">S places from 0 (from) to 1 (to).</param>
    /// <param name="path">Straight, or along the sphere; along the sphere, parallel vectors are joined
    /// straight.</param>
    /// <returns>[N * S, Z], float32; the S places of row 0 first.</returns>
    public static Tensor Between(
        Tensor from, Tensor to, IReadOnlyList<double> shares, InterpolationPath path)
    {
        using var scope = new TensorScope();
        var (rows, size) = (from.Size(0), from.Size(1));
        var angles = path == InterpolationPath.Sphere ? Angles(from, to) : null;
        var toFrom = new double[rows * shares.Count];
        var toTo = new double[rows * shares.Count];
        for (var row = 0; row < rows; row++)
            for (var k = 0; k < shares.Count; k++)
                (toFrom[(row * shares.Count) + k], toTo[(row * shares.Count) + k]) =
                    Weights(shares[k], angles?[row]);
        var mixed = (from.Unsqueeze(1) * Column(toFrom, rows)) + (to.Unsqueeze(1) * Column(toTo, rows));
        return scope.Keep(mixed.Reshape([-1, size]));
    }

    /// <summary>[N, S, 1], float32.</summary>
    private static Tensor Column(double[] weights, long rows) =>
        Tensor.FromArray<double>(weights, rows, weights.Length / rows, 1).To(DType.Float32);

    private static (double From, double To) Weights(double share, double? angle)
    {
        if (angle is not { } omega || Math.Sin(omega) < SmallestSine) return (1 - share, share);
        return (Math.Sin((1 - share) * omega) / Math.Sin(omega), Math.Sin(share * omega) / Math.Sin(omega));
    }

    private static double[] Angles(Tensor from, Tensor to)
    {
        using var scope = new TensorScope();
        var (a, b) = (from.To(DType.Float64), to.To(DType.Float64));
        var cosine = (a * b).Sum([1]) / ((a * a).Sum([1]) * (b * b).Sum([1])).Sqrt();
        return [.. cosine.ToArray<double>().Select(static c => Math.Acos(Math.Clamp(c, -1, 1)))];
    }
}
