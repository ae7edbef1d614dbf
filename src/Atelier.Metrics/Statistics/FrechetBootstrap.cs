using Atelier.Data;
using Atelier.Torch;

namespace Atelier.Metrics;

/// <summary>
/// FID with a bootstrap interval: the generated samples are drawn anew, with repetition, many times, and each
/// replicate's distance is taken to first order in the samples' weights (the linearised bootstrap; Efron and
/// Tibshirani, An introduction to the bootstrap, 1993, section 22). The real samples stay as they are: they
/// are the reference.
/// </summary>
/// <remarks>
/// A replicate costs N additions instead of an eigen-decomposition. It also lies around the distance itself:
/// the distance of samples with repetition is larger on average, so that a percentile interval of exact
/// replicates may not even hold the distance. The interval tells what other draws would give at the same N;
/// it does not tell of the bias of FID, which falls with N and is the same for all models at one N.
/// </remarks>
public static class FrechetBootstrap
{
    private const int FewestReplicates = 20;
    private const ulong Purpose = 0xB007;

    /// <summary>The distance and its interval.</summary>
    /// <param name="real">Moments of the real samples.</param>
    /// <param name="features">The generated samples, [N, D].</param>
    /// <param name="replicates">B, at least 20; 1,000 gives two digits of the ends.</param>
    /// <param name="level">The share of replicates inside the interval, between 0 and 1; 0.95 as a
    /// rule.</param>
    /// <param name="seed">Decides the replicates, the same on every machine.</param>
    /// <exception cref="AtelierException">Other dimensions or parameters (Usage), fewer than two samples
    /// (Dataset).</exception>
    public static FrechetInterval Compute(
        FeatureMoments real, Tensor features, int replicates, double level, ulong seed)
    {
        Check(replicates, level);
        var statistics = new FeatureStatistics(real.Dimension);
        statistics.Add(features);
        var fake = statistics.ToMoments();
        var distance = FrechetDistance.Compute(real, fake);
        var influences = FrechetInfluence.Of(real, fake, features);
        var values = new double[replicates];
        for (var b = 0; b < replicates; b++) values[b] = distance + Replicate(influences, seed, b);
        Array.Sort(values);
        var mean = values.Average();
        var tail = (1 - level) / 2;
        return new FrechetInterval(
            distance, Math.Max(0, Quantile(values, tail)), Quantile(values, 1 - tail),
            Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (replicates - 1)));
    }

    internal static void Check(int replicates, double level)
    {
        if (replicates >= FewestReplicates && level is > 0 and < 1) return;
        throw new AtelierException(
            FailureKind.Usage, FormattableString.Invariant(
                $"A bootstrap of {replicates} replicates at the level {level} was asked for; expected are ")
            + $"at least {FewestReplicates} and a level between 0 and 1.");
    }

    /// <summary>The mean influence of N samples drawn with repetition.</summary>
    private static double Replicate(double[] influences, ulong seed, int number)
    {
        var key = SplitMix.Key(seed, Purpose, (ulong)number);
        var sum = 0.0;
        for (var n = 0; n < influences.Length; n++)
            sum += influences[SplitMix.Below(SplitMix.At(key, (ulong)n), influences.Length)];
        return sum / influences.Length;
    }

    /// <summary>Between the two nearest values, as numpy's default does.</summary>
    private static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
