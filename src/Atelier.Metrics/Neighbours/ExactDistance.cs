using System.Runtime.Intrinsics;

namespace Atelier.Metrics;

/// <summary>
/// Squared Euclidean distances by differences, in float64: no digit is lost where two rows are close, equal
/// rows are at exactly 0, and the order of the two rows changes no bit.
/// </summary>
internal static class ExactDistance
{
    /// <summary>|a - b|^2 of two rows of one length.</summary>
    public static double Squared(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => SquaredOfScaled(a, 1, b, 1);

    /// <summary>|s a - t b|^2 of two rows of one length.</summary>
    public static double SquaredOfScaled(ReadOnlySpan<float> a, double s, ReadOnlySpan<float> b, double t)
    {
        // A fixed width, not the machine's: the order of the sum is part of the result.
        var (low, high) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var k = 0;
        for (; k <= a.Length - Vector256<float>.Count; k += Vector256<float>.Count)
        {
            var (aLow, aHigh) = Vector256.Widen(Vector256.Create(a[k..]));
            var (bLow, bHigh) = Vector256.Widen(Vector256.Create(b[k..]));
            var (dLow, dHigh) = ((aLow * s) - (bLow * t), (aHigh * s) - (bHigh * t));
            low += dLow * dLow;
            high += dHigh * dHigh;
        }

        var sum = Vector256.Sum(low + high);
        for (; k < a.Length; k++)
        {
            var difference = (a[k] * s) - (b[k] * t);
            sum += difference * difference;
        }

        return sum;
    }
}
