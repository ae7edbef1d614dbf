using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// Distances to the k-th nearest neighbour, exactly, without a matrix of distances: float32 products of two
/// blocks sort out what is surely too far (<see cref="CentredFeatures"/> bounds their rounding), and the few
/// pairs left are measured by differences in float64.
/// </summary>
internal static class NeighbourDistances
{
    /// <summary>The squared distance of each sample to its k-th nearest other one; each pair is looked at
    /// once.</summary>
    /// <param name="features">[N, D], float32, N above k.</param>
    /// <param name="neighbours">k, at least 1.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <returns>[N].</returns>
    /// <exception cref="AtelierException">Too few samples (Dataset), NaN (Numeric).</exception>
    public static double[] WithinSquared(
        Tensor features, int neighbours, CancellationToken cancellationToken = default)
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
        foreach (var rows in FeatureBlocks.Of(features))
        {
            using var rowScope = new TensorScope();
            var left = set.Block(rows);
            foreach (var columns in FeatureBlocks.Of(features).Where(c => c.Start >= rows.Start))
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var block = new TensorScope();
                var right = columns.Start == rows.Start ? left : set.Block(columns);
                var products = left.Mm(right.T());
                Take(set, distances, rows, set, distances, columns, products);
            }
        }

        return distances.ToLargest();
    }

    /// <summary>The squared distance of each query to its nearest row.</summary>
    /// <param name="queries">[Q, D], float32.</param>
    /// <param name="rows">[N, D], float32, N at least 1.</param>
    /// <param name="ofDirections">True to scale each sample to length 1 first: half the squared distance is
    /// then 1 minus the cosine.</param>
    /// <param name="cancellationToken">Stops between blocks.</param>
    /// <returns>[Q].</returns>
    /// <exception cref="AtelierException">Other shapes (Usage), NaN (Numeric).</exception>
    public static double[] BetweenSquared(
        Tensor queries, Tensor rows, bool ofDirections = false,
        CancellationToken cancellationToken = default)
    {
        FeatureBlocks.CheckPair(rows, queries);
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var centre = ofDirections ? null : rows.Mean([0]);
        var asked = new CentredFeatures(queries, centre);
        var others = new CentredFeatures(rows, centre);
        var distances = new SmallestDistances(asked, 1);
        foreach (var some in FeatureBlocks.Of(queries))
        {
            using var rowScope = new TensorScope();
            var left = asked.Block(some);
            foreach (var columns in FeatureBlocks.Of(rows))
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var block = new TensorScope();
                Take(asked, distances, some, others, null, columns, left.Mm(others.Block(columns).T()));
            }
        }

        return distances.ToLargest();
    }

    /// <summary>Goes over one block of products; with distances for both sides, a pair is both's.</summary>
    private static void Take(
        CentredFeatures left, SmallestDistances leftDistances, (long Start, long Count) rows,
        CentredFeatures right, SmallestDistances? rightDistances, (long Start, long Count) columns,
        Tensor products)
    {
        var g = products.AsSpan<float>();
        var (firstRow, firstColumn) = ((int)rows.Start, (int)columns.Start);
        var width = (int)columns.Count;
        var halves = right.Low.AsSpan(firstColumn, width);
        // Rows that keep no distances of their own are interested in nobody.
        var reaches = rightDistances is null
            ? Enumerable.Repeat(float.PositiveInfinity, width).ToArray()
            : rightDistances.Reaches.AsSpan(firstColumn, width);
        var found = new int[width];
        for (var r = 0; r < (int)rows.Count; r++)
        {
            var row = firstRow + r;
            // Within one set a pair stands twice in the blocks of the diagonal; the upper half is enough.
            var from = rightDistances is not null && firstColumn <= row ? row + 1 - firstColumn : 0;
            var line = g.Slice(r * width, width)[from..];
            var half = left.Low[row];
            var count = PairScreen.Collect(
                line, halves[from..], reaches[from..], half, leftDistances.Reaches[row], found);
            foreach (var place in found.AsSpan(0, count))
            {
                // A threshold may have fallen since the columns were collected.
                var n = from + place;
                if (line[place] - halves[n] < leftDistances.Reaches[row]
                    && line[place] - half < reaches[n]) continue;
                var square = left.Squared(row, right, firstColumn + n);
                leftDistances.Add(row, square);
                rightDistances?.Add(firstColumn + n, square);
            }
        }

        GC.KeepAlive(products);
    }
}
