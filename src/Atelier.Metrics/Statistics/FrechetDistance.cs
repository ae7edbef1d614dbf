using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// The squared Fréchet distance of two Gaussians, d^2 = |m1 - m2|^2 + tr S1 + tr S2 - 2 tr (S1 S2)^(1/2), in
/// float64. Heusel et al., GANs trained by a two time-scale update rule converge to a local Nash equilibrium,
/// arXiv:1706.08500.
/// </summary>
/// <remarks>
/// With S = U diag(l) U^T from the symmetric eigen-decomposition, (S1 S2)^(1/2) has the eigenvalues of
/// (S1^(1/2) S2 S1^(1/2))^(1/2), which are the singular values of A = diag(l1)^(1/2) U1^T U2 diag(l2)^(1/2).
/// Taking them from A itself keeps the digits that squaring would lose, and only the directions of positive
/// variance enter A, so covariances without full rank are exact as well. No offset is ever added to a
/// diagonal.
/// </remarks>
public static class FrechetDistance
{
    private const double MachineEpsilon = 2.220446049250313e-16;

    /// <summary>Computes the squared distance; 0 for equal moments, symmetric in its arguments.</summary>
    /// <returns>A number that is 0 or more.</returns>
    /// <exception cref="AtelierException">The dimensions differ (Usage), or the result is not finite
    /// (Numeric).</exception>
    public static double Compute(FeatureMoments first, FeatureMoments second)
    {
        var dimension = first.Dimension;
        if (second.Dimension != dimension)
        {
            throw new AtelierException(
                FailureKind.Usage,
                $"One set has {dimension} features a sample and the other {second.Dimension}; a distance "
                + "needs the same backbone on both sides.");
        }

        var distance = 0.0;
        for (var k = 0; k < dimension; k++)
        {
            var offset = first.Mean[k] - second.Mean[k];
            distance += offset * offset;
            distance += first.Covariance[k * (dimension + 1)] + second.Covariance[k * (dimension + 1)];
        }

        distance -= 2 * TraceOfRoot(first, second);
        if (!double.IsFinite(distance))
        {
            throw new AtelierException(
                FailureKind.Numeric,
                "The Fréchet distance is not finite: the features are too large for float64.");
        }

        // Rounding may leave something like -1e-13 for equal sets.
        return Math.Max(0, distance);
    }

    private static double TraceOfRoot(FeatureMoments first, FeatureMoments second)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var left = Factor(first);                           // [D, R1]
        var right = Factor(second);                         // [D, R2]
        if (left is null || right is null) return 0;
        return Aten.LinalgSvdvals(left.T().Mm(right)).Sum().Item();
    }

    /// <summary>F [D, R] with F F^T = S, its columns the directions of positive variance; null when there is
    /// none.</summary>
    internal static Tensor? Factor(FeatureMoments moments)
    {
        var dimension = moments.Dimension;
        var covariance = Tensor.FromArray(moments.Covariance, dimension, dimension);
        var (values, vectors) = covariance.LinalgEigh();    // ascending [D], columns [D, D]

        // Eigenvalues of a rank-deficient matrix come out as +-rounding; those below it are zero. At most N -
        // 1 are not.
        var all = values.ToArray<double>();
        var rounding = Math.Max(0, all[^1]) * dimension * MachineEpsilon;
        var first = Math.Max(0, dimension - (int)Math.Min(dimension, moments.Count - 1));
        while (first < dimension && all[first] <= rounding) first++;
        if (first == dimension) return null;

        var kept = dimension - first;
        return vectors.Narrow(1, first, kept) * values.Narrow(0, first, kept).Sqrt();
    }
}
