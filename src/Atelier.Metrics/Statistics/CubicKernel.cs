using System.Runtime.Intrinsics;
using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>Sums of the kernel (x·y / D + 1)³ over all pairs of two blocks, in float64: one product and one
/// pass over it.</summary>
internal static class CubicKernel
{
    /// <summary>The sum over pairs.</summary>
    /// <param name="first">[B1, D], float64.</param>
    /// <param name="second">[B2, D], float64.</param>
    /// <param name="withoutDiagonal">True to leave out the pairs of equal places: a sample with
    /// itself.</param>
    public static double Sum(Tensor first, Tensor second, bool withoutDiagonal = false)
    {
        using var scope = new TensorScope();
        var products = first.Mm(second.T());
        var values = products.AsSpan<double>();
        var width = (int)second.Size(0);
        var scale = 1.0 / first.Size(1);
        var sum = 0.0;
        for (var row = 0; row < (int)first.Size(0); row++)
        {
            var line = values.Slice(row * width, width);
            sum += SumOfRow(line, scale);
            if (withoutDiagonal) sum -= Cube((line[row] * scale) + 1);
        }

        GC.KeepAlive(products);
        return sum;
    }

    private static double SumOfRow(ReadOnlySpan<double> products, double scale)
    {
        var sums = Vector256<double>.Zero;
        var n = 0;
        for (; n <= products.Length - Vector256<double>.Count; n += Vector256<double>.Count)
        {
            var value = (Vector256.Create(products[n..]) * scale) + Vector256<double>.One;
            sums += value * value * value;
        }

        var sum = Vector256.Sum(sums);
        for (; n < products.Length; n++) sum += Cube((products[n] * scale) + 1);
        return sum;
    }

    private static double Cube(double value) => value * value * value;
}
