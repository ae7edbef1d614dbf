namespace Atelier.Metrics;

/// <summary>
/// The Inception Score, exp E_x KL(p(y|x) || p(y)), gathered while logits pass by; only K sums a split are
/// kept. Salimans et al., Improved techniques for training GANs, arXiv:1606.03498.
/// </summary>
/// <remarks>
/// Split s of S holds the samples floor(s N / S) up to floor((s + 1) N / S), in their order; the score is the
/// mean over the splits and its deviation is the population's (divided by S), as in the reference. With
/// p = softmax(logits) in float64, E KL = (1/n) sum_x sum_k p log p - sum_k q log q, q = (1/n) sum_x p.
/// </remarks>
public sealed class InceptionScore
{
    private readonly double[][] sums;
    private readonly double[] negativeEntropies;
    private readonly double[] logProbabilities;

    /// <summary>Starts with no samples.</summary>
    /// <param name="sampleCount">N, how many samples will be added in all; the splits follow from it.</param>
    /// <param name="classCount">K, logits of a sample, at least 2.</param>
    /// <param name="splitCount">S, from 1 to N.</param>
    /// <exception cref="AtelierException">Fewer samples than splits (Dataset), no split, or fewer than two
    /// classes (Usage).</exception>
    public InceptionScore(int sampleCount, int classCount, int splitCount)
    {
        if (classCount < 2)
        {
            throw new AtelierException(
                FailureKind.Usage,
                $"The Inception Score needs at least 2 classes; the backbone has {classCount}.");
        }

        if (splitCount < 1 || sampleCount < splitCount)
        {
            throw new AtelierException(
                splitCount < 1 ? FailureKind.Usage : FailureKind.Dataset,
                $"{sampleCount} samples cannot be cut into {splitCount} splits; ask for 1 to {sampleCount} "
                + "splits.");
        }

        SampleCount = sampleCount;
        ClassCount = classCount;
        SplitCount = splitCount;
        sums = new double[splitCount][];
        for (var s = 0; s < splitCount; s++) sums[s] = new double[classCount];
        negativeEntropies = new double[splitCount];
        logProbabilities = new double[classCount];
    }

    /// <summary>N, how many samples are expected.</summary>
    public int SampleCount { get; }

    /// <summary>K, logits of a sample.</summary>
    public int ClassCount { get; }

    /// <summary>S, the number of splits.</summary>
    public int SplitCount { get; }

    /// <summary>Samples so far.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a batch.</summary>
    /// <param name="logits">Logits [n, K], row-major.</param>
    /// <exception cref="AtelierException">
    /// No whole number of rows (Usage), more samples than were announced (Bug), or a value that is not finite
    /// (Numeric).
    /// </exception>
    public void Add(ReadOnlySpan<float> logits)
    {
        if (logits.Length % ClassCount != 0)
        {
            throw new AtelierException(
                FailureKind.Usage,
                $"{logits.Length} logits are no whole number of samples of {ClassCount} classes.");
        }

        for (var start = 0; start < logits.Length; start += ClassCount)
            AddRow(logits.Slice(start, ClassCount));
    }

    /// <summary>The score: its mean over the splits and the population deviation.</summary>
    /// <returns>Mean from 1 to K; deviation 0 when there is one split.</returns>
    /// <exception cref="AtelierException">Not all announced samples were added (Bug).</exception>
    public (double Mean, double Deviation) Finish()
    {
        if (Count != SampleCount)
        {
            throw new AtelierException(
                FailureKind.Bug,
                $"{SampleCount} samples were announced to the Inception Score and {Count} were added.");
        }

        var scores = new double[SplitCount];
        for (var s = 0; s < SplitCount; s++)
        {
            var n = (double)(SplitStart(s + 1) - SplitStart(s));
            var divergence = negativeEntropies[s] / n;
            foreach (var sum in sums[s])
            {
                var q = sum / n;
                if (q > 0) divergence -= q * Math.Log(q);
            }

            scores[s] = Math.Exp(divergence);
        }

        var mean = scores.Average();
        return (mean, Math.Sqrt(scores.Sum(score => (score - mean) * (score - mean)) / SplitCount));
    }

    private long SplitStart(int split) => (long)split * SampleCount / SplitCount;

    private void AddRow(ReadOnlySpan<float> row)
    {
        if (Count >= SampleCount)
        {
            throw new AtelierException(
                FailureKind.Bug,
                $"More than the {SampleCount} announced samples reached the Inception Score.");
        }

        var split = 0;
        while (Count >= SplitStart(split + 1)) split++;

        var largest = double.NegativeInfinity;
        for (var k = 0; k < row.Length; k++)
        {
            if (!float.IsFinite(row[k]))
            {
                throw new AtelierException(
                    FailureKind.Numeric, FormattableString.Invariant(
                        $"Logit {k} of sample {Count} is {row[k]}; every logit must be a finite number. ")
                        + "Check the generator's images and the backbone's weights.");
            }

            largest = Math.Max(largest, row[k]);
        }

        var sum = 0.0;
        for (var k = 0; k < row.Length; k++)
        {
            logProbabilities[k] = row[k] - largest;
            sum += Math.Exp(logProbabilities[k]);
        }

        var logSum = Math.Log(sum);
        foreach (ref var logProbability in logProbabilities.AsSpan()) logProbability -= logSum;
        for (var k = 0; k < row.Length; k++)
        {
            var p = Math.Exp(logProbabilities[k]);
            sums[split][k] += p;
            negativeEntropies[split] += p * logProbabilities[k];
        }

        Count++;
    }
}
