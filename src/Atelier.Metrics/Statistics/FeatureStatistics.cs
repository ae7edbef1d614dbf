using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// Mean and covariance in float64, gathered while features pass by in batches. Rows are regrouped into blocks
/// of a fixed length before any arithmetic, so the result is the same to the last bit however the batches
/// were cut.
/// </summary>
/// <remarks>
/// Blocks are merged by the parallel update of Chan, Golub and LeVeque (1979): with block mean m_b and
/// scatter S_b = sum (x - m_b)(x - m_b)^T, d = m_b - m:  S += S_b + d d^T n n_b / (n + n_b);  m += d n_b / (n
/// + n_b). Features far from zero lose no digits that way, as they would in E[x x^T] - m m^T.
/// </remarks>
public sealed class FeatureStatistics
{
    private const int BlockRows = 512;

    private readonly double[] block;
    private readonly double[] mean;
    private readonly double[] scatter;
    private int blockCount;
    private long mergedCount;

    /// <summary>Starts with no samples.</summary>
    /// <param name="dimension">D, the number of features of a sample, at least 1.</param>
    public FeatureStatistics(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        Dimension = dimension;
        block = new double[BlockRows * dimension];
        mean = new double[dimension];
        scatter = new double[checked(dimension * dimension)];
    }

    /// <summary>D, the number of features of a sample.</summary>
    public int Dimension { get; }

    /// <summary>N, the number of samples so far.</summary>
    public long Count => mergedCount + blockCount;

    /// <summary>The moments of a whole set.</summary>
    /// <param name="features">Features [N, D] of any floating-point type.</param>
    /// <exception cref="AtelierException">Fewer than two samples (Dataset), or a value that is not finite
    /// (Numeric).</exception>
    public static FeatureMoments Of(Tensor features)
    {
        var statistics = new FeatureStatistics((int)features.Size(1));
        statistics.Add(features);
        return statistics.ToMoments();
    }

    /// <summary>Adds a batch.</summary>
    /// <param name="features">Features [N, D] of any floating-point type.</param>
    /// <exception cref="AtelierException">Another shape (Usage), or a value that is not finite
    /// (Numeric).</exception>
    public void Add(Tensor features)
    {
        if (features.Rank != 2 || features.Size(1) != Dimension)
            throw WrongShape($"[{string.Join(", ", features.Shape)}]");
        for (var start = 0L; start < features.Size(0); start += BlockRows)
        {
            double[] rows;
            using (new NoGradScope())
            using (new TensorScope())
            {
                var some = features.Narrow(0, start, Math.Min(BlockRows, features.Size(0) - start));
                rows = some.To(Device.Cpu, DType.Float64).ToArray<double>();
            }

            for (var at = 0; at < rows.Length; at += Dimension)
                AddRow<double>(rows.AsSpan(at, Dimension));
        }
    }

    /// <summary>Adds a batch.</summary>
    /// <param name="features">Features [N, D], row-major.</param>
    /// <exception cref="AtelierException">No whole number of rows (Usage), or a value that is not finite
    /// (Numeric).</exception>
    public void Add(ReadOnlySpan<float> features)
    {
        if (features.Length % Dimension != 0) throw WrongShape($"{features.Length} values");
        for (var start = 0; start < features.Length; start += Dimension)
            AddRow(features.Slice(start, Dimension));
    }

    /// <summary>The moments of everything added so far; more may be added afterwards.</summary>
    /// <exception cref="AtelierException">Fewer than two samples (Dataset).</exception>
    public FeatureMoments ToMoments()
    {
        // The open block is merged into copies: closing it early would make later results depend on this
        // call.
        var finalMean = (double[])mean.Clone();
        var covariance = (double[])scatter.Clone();
        Merge(block.AsSpan(0, blockCount * Dimension), mergedCount, finalMean, covariance);
        var count = Count;
        if (count >= 2)
            for (var k = 0; k < covariance.Length; k++)
                covariance[k] /= count - 1;
        return new FeatureMoments(count, finalMean, covariance);
    }

    private void AddRow<T>(ReadOnlySpan<T> row)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var target = block.AsSpan(blockCount * Dimension, Dimension);
        for (var k = 0; k < row.Length; k++)
        {
            var value = double.CreateTruncating(row[k]);
            if (!double.IsFinite(value))
            {
                throw new AtelierException(
                    FailureKind.Numeric, FormattableString.Invariant(
                        $"Feature {k} of sample {Count} is {value}; every feature must be a finite number. ")
                        + "Check the generator's images and the backbone's weights.");
            }

            target[k] = value;
        }

        if (++blockCount < BlockRows) return;
        Merge(block, mergedCount, mean, scatter);
        mergedCount += BlockRows;
        blockCount = 0;
    }

    private void Merge(ReadOnlySpan<double> rows, long countBefore, double[] toMean, double[] toScatter)
    {
        if (rows.Length == 0) return;
        var rowCount = rows.Length / Dimension;
        var (blockMean, blockScatter) = MomentsOfBlock(rows, rowCount);

        var total = (double)(countBefore + rowCount);
        var offset = new double[Dimension];
        for (var i = 0; i < Dimension; i++) offset[i] = blockMean[i] - toMean[i];
        var weight = countBefore * (rowCount / total);
        for (var i = 0; i < Dimension; i++)
            for (var j = 0; j < Dimension; j++)
            {
                var index = (i * Dimension) + j;
                toScatter[index] += blockScatter[index] + (offset[i] * offset[j] * weight);
            }

        for (var i = 0; i < Dimension; i++) toMean[i] += offset[i] * (rowCount / total);
    }

    private (double[] Mean, double[] Scatter) MomentsOfBlock(ReadOnlySpan<double> rows, int rowCount)
    {
        using var noGrad = new NoGradScope();
        using var scope = new TensorScope();
        var x = Tensor.FromArray(rows, rowCount, Dimension);
        var blockMean = x.Mean([0]);
        var centred = x - blockMean;                        // [B, D]
        var blockScatter = centred.T().Mm(centred);         // [D, D]
        return (blockMean.ToArray<double>(), blockScatter.ToArray<double>());
    }

    private AtelierException WrongShape(string got) => new(
        FailureKind.Usage,
        $"The features are {got}, but [N, {Dimension}] was expected. Were both sets made by the same "
        + "backbone?");
}
