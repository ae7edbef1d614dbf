using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// Improved precision and recall (Kynkäänniemi et al., arXiv:1904.06991) and density and coverage (Naeem et
/// al., arXiv:2002.09797): a set's manifold is the union of balls around its samples that reach to their k-th
/// nearest neighbours in the set. The numbers are those of exact distances, at the speed of float32 ones; no
/// matrix of distances is kept.
/// </summary>
public static class ManifoldOverlap
{
    /// <summary>Compares two sets.</summary>
    /// <param name="real">[N, D], float32 (other types are rounded to it), N above
    /// <paramref name="neighbours"/>.</param>
    /// <param name="fake">[M, D], float32, M above <paramref name="neighbours"/>.</param>
    /// <param name="neighbours">k, at least 1; 5 for density and coverage, 3 for precision and recall in
    /// their papers.</param>
    /// <param name="step">Called after each block of pairs with how many are done and how many there are; may
    /// throw to stop.</param>
    /// <exception cref="AtelierException">Other shapes, or too few samples (Dataset), or NaN
    /// (Numeric).</exception>
    public static ManifoldScores Compute(
        Tensor real, Tensor fake, int neighbours, Action<int, int>? step = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 1);
        FeatureBlocks.CheckPair(real, fake);
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        (real, fake) = (FeatureBlocks.OnHost(real), FeatureBlocks.OnHost(fake));
        var (m, n) = (FeatureBlocks.Of(fake).Count(), FeatureBlocks.Of(real).Count());
        var (done, total) = (0, (n * (n + 1) / 2) + (m * (m + 1) / 2) + (n * m));
        void Advance() => step?.Invoke(++done, total);
        var count = BallCount.Of(
            real, NeighbourDistances.WithinSquared(real, neighbours, Advance),
            fake, NeighbourDistances.WithinSquared(fake, neighbours, Advance), Advance);
        double generated = count.Balls.Length;
        double stored = count.IsRecalled.Length;
        return new ManifoldScores(
            Precision: count.Balls.Count(static balls => balls > 0) / generated,
            Recall: count.IsRecalled.Count(static yes => yes) / stored,
            Density: count.Balls.Sum(static balls => (long)balls) / (neighbours * generated),
            Coverage: count.IsCovered.Count(static yes => yes) / stored);
    }
}
