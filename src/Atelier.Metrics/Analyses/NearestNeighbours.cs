using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// The k nearest rows of each query, exactly, while rows pass by; only the queries and one block of rows are
/// in memory. Of rows at one distance the first is nearer.
/// </summary>
/// <remarks>
/// |q - x|^2 = |q|^2 + |x|^2 - 2 q x is one matrix product a block and cheap, but it loses digits where q is
/// near x. So it only sorts out what is surely too far, with a bound on its rounding; what is left is
/// measured by differences.
/// </remarks>
public sealed class NearestNeighbours
{
    private const int BlockBytes = 64 << 20;
    private const int MostBlockRows = 2048;
    private const double Rounding = 1e-12;

    private readonly float[] queries;
    private readonly int dimension;
    private readonly int wanted;
    private readonly double[] squares;
    private readonly List<(int Index, double Square)>[] found;
    private int rowCount;

    /// <summary>Starts with no rows.</summary>
    /// <param name="queries">[Q, D], row-major; not copied.</param>
    /// <param name="dimension">D, at least 1.</param>
    /// <param name="wanted">k, at least 1.</param>
    public NearestNeighbours(float[] queries, int dimension, int wanted)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(queries.Length % dimension, 0);
        (this.queries, this.dimension, this.wanted) = (queries, dimension, wanted);
        squares = Squares(queries);
        found = new List<(int, double)>[squares.Length];
        for (var q = 0; q < found.Length; q++) found[q] = new List<(int, double)>(wanted + 1);
    }

    private int BlockRows => Math.Clamp(BlockBytes / (sizeof(double) * dimension), 1, MostBlockRows);

    /// <summary>Looks at the next rows.</summary>
    /// <param name="rows">[N, D], row-major.</param>
    /// <exception cref="AtelierException">No whole number of rows (Bug), or a value that is not finite
    /// (Numeric).</exception>
    public void Add(ReadOnlySpan<float> rows)
    {
        if (rows.Length % dimension != 0)
            throw new AtelierException(
                FailureKind.Bug, $"{rows.Length} values are no whole number of rows of {dimension}.");
        for (var start = 0; start < rows.Length; start += BlockRows * dimension)
        {
            var block = rows.Slice(start, Math.Min(BlockRows * dimension, rows.Length - start));
            var rowSquares = Squares(block);
            for (var q = 0; q < squares.Length; q += BlockRows)
                Compare(q, Math.Min(BlockRows, squares.Length - q), block, rowSquares);
            rowCount += rowSquares.Length;
        }
    }

    /// <summary>The neighbours of a query so far, the nearest first; fewer than k when there were fewer
    /// rows.</summary>
    public IReadOnlyList<Neighbour> Of(int query) =>
        [.. found[query].Select(static n => new Neighbour(n.Index, Math.Sqrt(n.Square)))];

    private void Compare(int firstQuery, int queryCount, ReadOnlySpan<float> rows, double[] rowSquares)
    {
        var products = Products(
            queries.AsSpan(firstQuery * dimension, queryCount * dimension), rows);      // [Q, N]
        for (var q = 0; q < queryCount; q++)
        {
            var nearest = found[firstQuery + q];
            var query = queries.AsSpan((firstQuery + q) * dimension, dimension);
            for (var n = 0; n < rowSquares.Length; n++)
            {
                var sum = squares[firstQuery + q] + rowSquares[n];
                var atLeast = sum - (2 * products[(q * rowSquares.Length) + n]) - (Rounding * sum);
                if (nearest.Count == wanted && atLeast > nearest[^1].Square) continue;
                Insert(nearest, rowCount + n, Square(query, rows.Slice(n * dimension, dimension)));
            }
        }
    }

    private void Insert(List<(int Index, double Square)> nearest, int index, double square)
    {
        if (nearest.Count == wanted && square >= nearest[^1].Square) return;
        var place = nearest.Count;
        while (place > 0 && square < nearest[place - 1].Square) place--;
        nearest.Insert(place, (index, square));
        if (nearest.Count > wanted) nearest.RemoveAt(wanted);
    }

    private double[] Products(ReadOnlySpan<float> some, ReadOnlySpan<float> rows)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var left = Tensor.FromArray(some, some.Length / dimension, dimension).To(DType.Float64);
        var right = Tensor.FromArray(rows, rows.Length / dimension, dimension).To(DType.Float64);
        return left.Mm(right.T()).ToArray<double>();
    }

    private double[] Squares(ReadOnlySpan<float> rows)
    {
        var all = new double[rows.Length / dimension];
        for (var n = 0; n < all.Length; n++)
            foreach (var value in rows.Slice(n * dimension, dimension))
                all[n] += (double)value * value;
        foreach (var square in all)
            if (!double.IsFinite(square))
                throw new AtelierException(
                    FailureKind.Numeric,
                    "A row to be compared holds NaN or infinity. Check the generator's images and the " +
                    "backbone's weights.");
        return all;
    }

    private static double Square(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0.0;
        for (var k = 0; k < a.Length; k++)
        {
            var difference = (double)a[k] - b[k];
            sum += difference * difference;
        }

        return sum;
    }
}
