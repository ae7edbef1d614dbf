using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// KID: the squared maximum mean discrepancy of two sets of features under the kernel (x·y / D + 1)³, by its
/// unbiased estimator, in float64. Bińkowski et al., Demystifying MMD GANs, arXiv:1801.01401.
/// </summary>
public static class KernelDistance
{
    /// <summary>The estimate over all pairs; it may be a little below zero.</summary>
    /// <param name="real">[N, D], floating point, N at least 2.</param>
    /// <param name="fake">[M, D], floating point, M at least 2.</param>
    /// <exception cref="AtelierException">Other shapes (Dataset), or fewer than two samples
    /// (Dataset).</exception>
    public static double Unbiased(Tensor real, Tensor fake)
    {
        FeatureBlocks.CheckPair(real, fake);
        return MeanOfPairsWithin(real) + MeanOfPairsWithin(fake) - (2 * MeanBetween(real, fake));
    }

    /// <summary>The mean and the deviation of the estimates over random subsets.</summary>
    /// <param name="real">[N, D], floating point.</param>
    /// <param name="fake">[M, D], floating point.</param>
    /// <param name="subsets">How many subsets, at least 1; 100 in the literature.</param>
    /// <param name="subsetSize">Samples of a subset, drawn without repetition; 1,000 in the literature. A
    /// smaller set is taken whole.</param>
    /// <param name="seed">Decides the subsets.</param>
    /// <param name="step">Called after each subset with how many are done and how many there are; may throw
    /// to stop.</param>
    /// <returns>The mean, and the population standard deviation as the reference takes it.</returns>
    /// <exception cref="AtelierException">Other shapes (Dataset), or fewer than two samples
    /// (Dataset).</exception>
    public static (double Mean, double Deviation) OverSubsets(
        Tensor real, Tensor fake, int subsets, int subsetSize, ulong seed,
        Action<int, int>? step = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(subsets, 1);
        FeatureBlocks.CheckPair(real, fake);
        using var random = new Generator(Device.Cpu, seed);
        var estimates = new double[subsets];
        for (var k = 0; k < subsets; k++)
        {
            using var scope = new TensorScope();
            estimates[k] = Unbiased(Subset(real, subsetSize, random), Subset(fake, subsetSize, random));
            step?.Invoke(k + 1, subsets);
        }

        var mean = estimates.Average();
        return (mean, Math.Sqrt(estimates.Average(value => (value - mean) * (value - mean))));
    }

    private static Tensor Subset(Tensor features, int size, Generator random)
    {
        var chosen = Aten.Randperm(features.Size(0), random, DType.Int64);
        return features.IndexSelect(0, chosen.Narrow(0, 0, Math.Min(size, features.Size(0))));
    }

    private static double MeanOfPairsWithin(Tensor features)
    {
        using var noGrad = new NoGradScope();
        var count = features.Size(0);
        if (count < 2)
            throw new AtelierException(
                FailureKind.Dataset,
                $"KID needs at least 2 samples on each side; one side has {count}. Give more images.");
        var sum = 0.0;
        foreach (var rows in FeatureBlocks.Of(features))
            foreach (var columns in FeatureBlocks.Of(features).Where(c => c.Start >= rows.Start))
            {
                using var scope = new TensorScope();
                var left = FeatureBlocks.Load(features, rows);
                // The matrix is symmetric: blocks above the diagonal stand for those below, too.
                sum += columns.Start > rows.Start
                    ? 2 * CubicKernel.Sum(left, FeatureBlocks.Load(features, columns))
                    : CubicKernel.Sum(left, left, withoutDiagonal: true);
            }

        return sum / ((double)count * (count - 1));
    }

    private static double MeanBetween(Tensor real, Tensor fake)
    {
        using var noGrad = new NoGradScope();
        var sum = 0.0;
        foreach (var rows in FeatureBlocks.Of(real))
            foreach (var columns in FeatureBlocks.Of(fake))
            {
                using var scope = new TensorScope();
                sum += CubicKernel.Sum(FeatureBlocks.Load(real, rows), FeatureBlocks.Load(fake, columns));
            }

        return sum / ((double)real.Size(0) * fake.Size(0));
    }
}
