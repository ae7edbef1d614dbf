using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// Improved precision and recall (Kynkäänniemi et al., arXiv:1904.06991) and density and coverage (Naeem et
/// al., arXiv:2002.09797): a set's manifold is the union of balls around its samples that reach to their k-th
/// nearest neighbours in the set. Exact, in float64, block by block.
/// </summary>
public static class ManifoldOverlap
{
    /// <summary>Compares two sets.</summary>
    /// <param name="real">[N, D], floating point, N above <paramref name="neighbours"/>.</param>
    /// <param name="fake">[M, D], floating point, M above <paramref name="neighbours"/>.</param>
    /// <param name="neighbours">k, at least 1; 5 for density and coverage, 3 for precision and recall in
    /// their papers.</param>
    /// <param name="step">Called after each block of samples with how many are done and how many there are;
    /// may throw to stop.</param>
    /// <exception cref="AtelierException">Other shapes (Dataset), or too few samples (Dataset).</exception>
    public static ManifoldScores Compute(
        Tensor real, Tensor fake, int neighbours, Action<int, int>? step = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 1);
        FeatureBlocks.CheckPair(real, fake);
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var total = (int)((2 * real.Size(0)) + fake.Size(0));
        var done = 0;
        void Advance(long rows) => step?.Invoke(done += (int)rows, total);
        var realRadii = SquaredRadii(real, neighbours, Advance);        // [N]
        var fakeRadii = SquaredRadii(fake, neighbours, Advance);        // [M]
        var balls = Aten.Zeros([fake.Size(0)], DType.Float64);          // real balls around each fake
        var recalled = 0.0;
        var covered = 0.0;
        foreach (var rows in FeatureBlocks.Of(real))
        {
            using var rowScope = new TensorScope();
            var left = FeatureBlocks.Load(real, rows);
            var radii = realRadii.Narrow(0, rows.Start, rows.Count);
            var isRecalled = Aten.Zeros([rows.Count], DType.Bool);
            var nearest = Aten.Full([rows.Count], double.PositiveInfinity, DType.Float64);
            foreach (var columns in FeatureBlocks.Of(fake))
            {
                using var block = new TensorScope();
                var distances = FeatureBlocks.SquaredDistances(left, FeatureBlocks.Load(fake, columns));
                balls.Narrow(0, columns.Start, columns.Count)
                    .AddInPlace(distances.Lt(radii.Unsqueeze(1)).Sum([0]).To(DType.Float64));
                var inFakeBall = distances.Lt(fakeRadii.Narrow(0, columns.Start, columns.Count)).Any(1);
                isRecalled.CopyInPlace(isRecalled.LogicalOr(inFakeBall));
                nearest.CopyInPlace(nearest.Minimum(distances.Amin([1])));
            }

            recalled += isRecalled.Sum().Item();
            covered += nearest.Lt(radii).Sum().Item();
            Advance(rows.Count);
        }

        return new ManifoldScores(
            Precision: balls.Gt(0).Sum().Item() / fake.Size(0),
            Recall: recalled / real.Size(0),
            Density: balls.Sum().Item() / ((double)neighbours * fake.Size(0)),
            Coverage: covered / real.Size(0));
    }

    /// <summary>Squared distance of each sample to its k-th nearest other one, [N].</summary>
    private static Tensor SquaredRadii(Tensor features, int neighbours, Action<long> advance)
    {
        if (features.Size(0) <= neighbours)
            throw new AtelierException(
                FailureKind.Dataset,
                $"{features.Size(0)} samples have no {neighbours} neighbours each; give more images, or a "
                + "smaller k.");
        using var scope = new TensorScope();
        var radii = new List<Tensor>();
        foreach (var rows in FeatureBlocks.Of(features))
        {
            radii.Add(RadiiOf(features, rows, neighbours));
            advance(rows.Count);
        }

        return scope.Keep(Aten.Cat([.. radii]));
    }

    private static Tensor RadiiOf(Tensor features, (long Start, long Count) rows, int neighbours)
    {
        using var scope = new TensorScope();
        var left = FeatureBlocks.Load(features, rows);
        // The smallest k + 1 so far: every sample is its own nearest at distance 0.
        var smallest = Aten.Full([rows.Count, neighbours + 1], double.PositiveInfinity, DType.Float64);
        foreach (var columns in FeatureBlocks.Of(features))
        {
            using var block = new TensorScope();
            var distances = FeatureBlocks.SquaredDistances(left, FeatureBlocks.Load(features, columns));
            var (merged, _) = Aten.Cat([smallest, distances], 1).Topk(neighbours + 1, 1, false, true);
            smallest.CopyInPlace(merged);
        }

        return scope.Keep(smallest.Select(1, neighbours).Contiguous());
    }
}
