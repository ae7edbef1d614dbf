using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// How much each generated sample moves the Fréchet distance: its first-order influence (the derivative of
/// the distance by the sample's weight), in float64.
/// </summary>
/// <remarks>
/// With the moments (m, S) of the generated and (m1, S1) of the real samples, the derivative of
/// |m - m1|^2 + tr S + tr S1 - 2 tr (S S1)^(1/2) by m is 2 (m - m1) and by S it is I - T, where T is the
/// linear map that carries N(0, S) to N(0, S1) optimally (Takatsu, Wasserstein geometry of Gaussian measures,
/// 2011). With F F^T = S, F1 F1^T = S1 and F1^T F = P diag(s) Q^T it is T = F1 P Q^T F^+. So y = x - m has
/// the influence 2 (m - m1) y + (N / (N - 1)) y^T (I - T) y, less its mean.
/// </remarks>
public static class FrechetInfluence
{
    /// <summary>The influence of each sample.</summary>
    /// <param name="real">Moments of the real samples.</param>
    /// <param name="fake">Moments of <paramref name="features"/>.</param>
    /// <param name="features">The generated samples, [N, D].</param>
    /// <returns>[N], with the sum 0: a sample that were there c_n times instead of once would, to first
    /// order, move the distance by (c_n - 1) / N times its influence.</returns>
    /// <exception cref="AtelierException">Dimensions that differ (Usage).</exception>
    public static double[] Of(FeatureMoments real, FeatureMoments fake, Tensor features)
    {
        if (features.Rank != 2 || features.Size(1) != fake.Dimension || real.Dimension != fake.Dimension)
            throw new AtelierException(
                FailureKind.Usage,
                $"Features [{string.Join(", ", features.Shape)}], moments of {fake.Dimension} and of "
                + $"{real.Dimension} features do not belong together; take all from one backbone.");
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var dimension = fake.Dimension;
        var mean = Tensor.FromArray(fake.Mean, dimension);
        var slope = (mean - Tensor.FromArray(real.Mean, dimension)) * 2.0;          // [D]
        var scale = fake.Count / (fake.Count - 1.0);
        var form = (Aten.Eye(dimension, DType.Float64) - Transport(real, fake)) * scale;
        var influences = new List<double>();
        foreach (var block in FeatureBlocks.Of(features))
        {
            using var blockScope = new TensorScope();
            var y = FeatureBlocks.Load(features, block) - mean;                     // [B, D]
            influences.AddRange(((y.Mm(form) + slope) * y).Sum([1]).ToArray<double>());
        }

        var average = influences.Average();
        return [.. influences.Select(value => value - average)];
    }

    /// <summary>T [D, D]; zero where one of the covariances is.</summary>
    private static Tensor Transport(FeatureMoments real, FeatureMoments fake)
    {
        using var scope = new TensorScope();
        var dimension = fake.Dimension;
        var to = FrechetDistance.Factor(real);                                      // [D, R1]
        var from = FrechetDistance.Factor(fake);                                    // [D, R]
        if (to is null || from is null)
            return scope.Keep(Tensor.Zeros([dimension, dimension], DType.Float64));
        var (p, _, qT) = Aten.LinalgSvd(to.T().Mm(from), fullMatrices: false);
        // The columns of F are orthogonal: F^+ = diag(1 / |f_k|^2) F^T.
        var inverse = from.T() / from.Square().Sum([0]).Unsqueeze(1);               // [R, D]
        return scope.Keep(to.Mm(p).Mm(qT.Mm(inverse)));
    }
}
