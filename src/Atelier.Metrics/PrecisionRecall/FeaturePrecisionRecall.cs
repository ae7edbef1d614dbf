using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// The precision-recall curve of two sets of features (arXiv:1806.00035, section 4): both are clustered
/// together, the clusters are the states, and the curves of several clusterings are averaged.
/// </summary>
public static class FeaturePrecisionRecall
{
    /// <summary>Computes the curve.</summary>
    /// <param name="real">[N, D].</param>
    /// <param name="fake">[M, D]. The larger set draws the clusters to itself: take as many on both sides,
    /// or hear a warning.</param>
    /// <param name="options">Parameters.</param>
    /// <param name="warn">Takes sentences that the user should read.</param>
    /// <param name="step">Called after each pass over the features with how many are done and how many there
    /// are at most; may throw to stop.</param>
    /// <exception cref="AtelierException">Parameters out of range (Usage), other shapes or fewer samples
    /// than clusters (Dataset), NaN (Numeric).</exception>
    public static PrecisionRecallCurve Compute(
        Tensor real, Tensor fake, PrecisionRecallOptions options, Action<string>? warn = null,
        Action<int, int>? step = null)
    {
        FeatureBlocks.CheckPair(real, fake);
        if (options.Clusters < 2 || options.Angles < 3 || options.Runs < 1)
            throw new AtelierException(
                FailureKind.Usage,
                $"A curve of {options.Angles} angles from {options.Runs} runs of {options.Clusters} clusters "
                + "was asked for; expected are at least 3 angles, 1 run and 2 clusters.");
        var (stored, generated) = ((int)real.Size(0), (int)fake.Size(0));
        if (Math.Min(stored, generated) < options.Clusters)
            throw new AtelierException(
                FailureKind.Dataset,
                $"{stored} real and {generated} generated samples are too few for {options.Clusters} "
                + "clusters; give more images.");
        if (stored != generated)
            warn?.Invoke(
                $"The precision-recall curve over {generated} generated and {stored} real samples: the "
                + "larger set draws the clusters to itself. Compare only curves with the same counts.");

        using var scope = new TensorScope();
        var runs = FeatureClusters.Assign(
            [FeatureBlocks.OnHost(real), FeatureBlocks.OnHost(fake)], options.Clusters, options.Runs,
            options.Seed, step);
        return PrecisionRecallCurve.Mean(
        [
            .. runs.Select(clusters => PrecisionRecallCurve.Of(
                Histogram(clusters.AsSpan(0, stored), options.Clusters),
                Histogram(clusters.AsSpan(stored), options.Clusters), options.Angles)),
        ]);
    }

    private static double[] Histogram(ReadOnlySpan<int> clusters, int count)
    {
        var counts = new int[count];
        foreach (var cluster in clusters) counts[cluster]++;
        double total = clusters.Length;
        return Array.ConvertAll(counts, n => n / total);
    }
}
