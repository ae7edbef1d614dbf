using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>One block of products, from which samples take the distances that may be among their
/// smallest.</summary>
internal static class NeighbourBlock
{
    /// <summary>Above so many candidates of a row, the nearest ones are measured first.</summary>
    private const int ManyCandidates = 32;

    /// <summary>Goes over a block row by row.</summary>
    /// <param name="left">The samples of the rows with their distances.</param>
    /// <param name="right">The samples of the columns; null for their distances where only rows take any.
    /// Where both are one set without distances of the columns, a sample is not its own neighbour.</param>
    /// <param name="products">Of the centred samples, [rows, columns].</param>
    public static void Take(
        (CentredFeatures Set, SmallestDistances Distances, (long Start, long Count) Rows) left,
        (CentredFeatures Set, SmallestDistances? Distances, (long Start, long Count) Rows) right,
        Tensor products)
    {
        var g = products.AsSpan<float>();
        var (first, width) = ((int)right.Rows.Start, (int)right.Rows.Count);
        var halves = right.Set.Low.AsSpan(first, width);
        // Columns that take no distances are interested in nobody.
        var reaches = right.Distances is null
            ? Enumerable.Repeat(float.PositiveInfinity, width).ToArray()
            : right.Distances.Reaches.AsSpan(first, width);
        var isOneSet = ReferenceEquals(left.Set, right.Set);
        var own = left.Distances.Reaches;
        var found = new int[width];
        for (var r = 0; r < (int)left.Rows.Count; r++)
        {
            var row = (int)left.Rows.Start + r;
            var line = g.Slice(r * width, width);
            var half = left.Set.Low[row];
            var candidates = found.AsSpan(
                0, PairScreen.Collect(line, halves, reaches, half, own[row], found));
            if (candidates.Length > ManyCandidates)
                NearestFirst(candidates, line, halves, left.Distances.Wanted + 1);
            foreach (var n in candidates)
            {
                if (isOneSet && row == first + n) continue;
                // A threshold may have fallen since the columns were collected.
                if (line[n] - halves[n] < own[row] && line[n] - half < reaches[n]) continue;
                var square = left.Set.Squared(row, right.Set, first + n);
                left.Distances.Add(row, square);
                right.Distances?.Add(first + n, square);
            }
        }

        GC.KeepAlive(products);
    }

    /// <summary>Moves the nearest candidates of a row to the front, so that its threshold falls at
    /// once.</summary>
    private static void NearestFirst(
        Span<int> candidates, ReadOnlySpan<float> line, ReadOnlySpan<float> halves, int wanted)
    {
        for (var place = 0; place < Math.Min(wanted, candidates.Length); place++)
        {
            var best = place;
            for (var k = place + 1; k < candidates.Length; k++)
            {
                var (n, nearest) = (candidates[k], candidates[best]);
                if (line[n] - halves[n] > line[nearest] - halves[nearest]) best = k;
            }

            (candidates[place], candidates[best]) = (candidates[best], candidates[place]);
        }
    }
}
