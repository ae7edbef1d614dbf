using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// Distances to the k-th nearest neighbour, exactly, without a matrix of distances: float32 products of two
/// blocks sort out what is surely too far (<see cref="CentredFeatures"/> bounds their rounding), and the few
/// pairs left are measured by differences in float64.
/// </summary>
internal static class NeighbourDistances
{
    /// <summary>The squared distance of each sample to its k-th nearest other one; each pair of blocks is
    /// multiplied once.</summary>
    /// <param name="features">[N, D], float32, N above k.</param>
    /// <param name="neighbours">k, at least 1.</param>
    /// <param name="advance">Called after each block of pairs; may throw to stop.</param>
    /// <returns>[N].</returns>
    /// <exception cref="AtelierException">Too few samples (Dataset), NaN (Numeric).</exception>
    public static double[] WithinSquared(Tensor features, int neighbours, Action? advance = null)
    {
        if (features.Size(0) <= neighbours)
            throw new AtelierException(
                FailureKind.Dataset,
                $"{features.Size(0)} samples have no {neighbours} neighbours each; give more images, or a "
                + "smaller k.");
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var set = new CentredFeatures(features, features.Mean([0]));
        var distances = new SmallestDistances(set, neighbours);
        var blocks = new BlockProducts(set.Dimension);
        // The blocks of the diagonal come first: after them every sample has a good threshold, so that the
        // order of the samples, by class for instance, costs nothing.
        foreach (var rows in FeatureBlocks.Of(features))
        {
            using var block = new TensorScope();
            var left = blocks.Left(set, rows);
            NeighbourBlock.Take((set, distances, rows), (set, null, rows), blocks.Multiply(left, left));
            advance?.Invoke();
        }

        foreach (var rows in FeatureBlocks.Of(features))
        {
            using var rowScope = new TensorScope();
            var left = blocks.Left(set, rows);
            foreach (var columns in FeatureBlocks.Of(features).Where(c => c.Start > rows.Start))
            {
                using var block = new TensorScope();
                NeighbourBlock.Take(
                    (set, distances, rows), (set, distances, columns),
                    blocks.Multiply(left, blocks.Right(set, columns)));
                advance?.Invoke();
            }
        }

        return distances.ToLargest();
    }

    /// <summary>The squared distance of each query to its nearest row.</summary>
    /// <param name="queries">[Q, D], float32.</param>
    /// <param name="rows">[N, D], float32, N at least 1.</param>
    /// <param name="ofDirections">True to scale each sample to length 1 first: half the squared distance is
    /// then 1 minus the cosine.</param>
    /// <param name="advance">Called after each block of pairs; may throw to stop.</param>
    /// <returns>[Q].</returns>
    /// <exception cref="AtelierException">Other shapes (Dataset), NaN (Numeric).</exception>
    public static double[] BetweenSquared(
        Tensor queries, Tensor rows, bool ofDirections = false, Action? advance = null)
    {
        FeatureBlocks.CheckPair(rows, queries);
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var centre = ofDirections ? null : rows.Mean([0]);
        var asked = new CentredFeatures(queries, centre);
        var others = new CentredFeatures(rows, centre);
        var distances = new SmallestDistances(asked, 1);
        var blocks = new BlockProducts(asked.Dimension);
        foreach (var some in FeatureBlocks.Of(queries))
        {
            using var rowScope = new TensorScope();
            var left = blocks.Left(asked, some);
            foreach (var columns in FeatureBlocks.Of(rows))
            {
                using var block = new TensorScope();
                NeighbourBlock.Take(
                    (asked, distances, some), (others, null, columns),
                    blocks.Multiply(left, blocks.Right(others, columns)));
                advance?.Invoke();
            }
        }

        return distances.ToLargest();
    }
}
