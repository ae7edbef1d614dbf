using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// The nearest-neighbour distance to the training images under the cosine distance of features (Bai et al.,
/// On training sample memorization, arXiv:2106.03062, section 3), of generated images and of held-out real
/// ones, and the test for data copying by the ranks of both (Meehan et al., A non-parametric test to detect
/// data-copying in generative models, arXiv:2004.05675, with the whole space as its one cell).
/// </summary>
/// <remarks>
/// Alone, the distance falls with the quality of the images as well as with copying; the held-out images
/// tell what a distance means. The cosine is taken with its sign, so that opposite features are no copies.
/// </remarks>
public static class MemorisationDistance
{
    private const double CopyQuantile = 0.01;

    /// <summary>Compares generated images with the training images.</summary>
    /// <param name="train">Features of the images that were trained on, [N, D].</param>
    /// <param name="heldOut">Features of real images that were not, [T, D]; best at least 1,000.</param>
    /// <param name="fake">Features of generated images, [M, D].</param>
    /// <param name="step">Called after each block of pairs with how many are done and how many there are; may
    /// throw to stop.</param>
    /// <exception cref="AtelierException">Other shapes, an empty set, or held-out images that are all
    /// training images (Dataset); NaN (Numeric).</exception>
    public static MemorisationScores Compute(
        Tensor train, Tensor heldOut, Tensor fake, Action<int, int>? step = null)
    {
        var (done, total) = (0, FeatureBlocks.Of(train).Count()
            * (FeatureBlocks.Of(fake).Count() + FeatureBlocks.Of(heldOut).Count()));
        void Advance() => step?.Invoke(++done, total);
        var ofFakes = ToNearest(fake, train, Advance);
        var ofHeldOut = ToNearest(heldOut, train, Advance);
        Array.Sort(ofHeldOut);
        var (distance, heldOutDistance) = (ofFakes.Average(), ofHeldOut.Average());
        if (heldOutDistance == 0)
            throw new AtelierException(
                FailureKind.Dataset,
                "Every held-out image looks like a training image to the backbone, to the last digit, so "
                + "nothing can be said of copies. Are the images of the test split in the train split too?");
        var limit = ofHeldOut[(int)(CopyQuantile * ofHeldOut.Length)];
        return new MemorisationScores(
            distance, heldOutDistance, distance / heldOutDistance,
            ofFakes.Count(d => d < limit) / (double)ofFakes.Length, RankTest(ofFakes, ofHeldOut));
    }

    /// <summary>1 minus the cosine of each query to its nearest row, [Q].</summary>
    /// <param name="queries">[Q, D].</param>
    /// <param name="rows">[N, D].</param>
    /// <param name="advance">Called after each block of pairs; may throw to stop.</param>
    public static double[] ToNearest(Tensor queries, Tensor rows, Action? advance = null)
    {
        FeatureBlocks.CheckPair(rows, queries);
        if (queries.Size(0) == 0 || rows.Size(0) == 0)
            throw new AtelierException(
                FailureKind.Dataset,
                $"The nearest of {rows.Size(0)} training images to {queries.Size(0)} images is not defined; "
                + "give at least one on both sides.");
        using var scope = new TensorScope();
        // Of unit vectors |a - b|^2 / 2 is 1 - a b, without the digits that 1 - a b would lose near 0.
        return Array.ConvertAll(
            NeighbourDistances.BetweenSquared(
                FeatureBlocks.OnHost(queries), FeatureBlocks.OnHost(rows), ofDirections: true, advance),
            static square => square / 2);
    }

    /// <summary>
    /// The standardised Mann-Whitney statistic: U counts the pairs in which the first is larger, ties half;
    /// its mean is m n / 2 and its variance without ties m n (m + n + 1) / 12.
    /// </summary>
    /// <param name="values">m values, in any order.</param>
    /// <param name="sorted">n values, rising.</param>
    internal static double RankTest(double[] values, double[] sorted)
    {
        var u = 0.0;
        foreach (var value in values) u += (Below(sorted, value, false) + Below(sorted, value, true)) / 2.0;
        double m = values.Length, n = sorted.Length;
        return (u - (m * n / 2)) / Math.Sqrt(m * n * (m + n + 1) / 12);
    }

    /// <summary>How many of the sorted values are below a value, or with equals at most it.</summary>
    private static int Below(double[] sorted, double value, bool withEquals)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value || (withEquals && sorted[middle] <= value)) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
