namespace Atelier.Metrics;

/// <summary>Mean and covariance of a set of features: all that the Fréchet distance knows of it.</summary>
public sealed class FeatureMoments
{
    private readonly double[] mean;
    private readonly double[] covariance;

    /// <summary>Takes over both arrays; nobody may write to them afterwards.</summary>
    /// <param name="count">N, the number of samples behind the moments, at least 2.</param>
    /// <param name="mean">Mean [D].</param>
    /// <param name="covariance">Unbiased covariance [D, D] (divided by N - 1), row-major, symmetric.</param>
    /// <exception cref="AtelierException">Fewer than two samples (Dataset), wrong lengths (Bug), or NaN
    /// (Numeric).</exception>
    public FeatureMoments(long count, double[] mean, double[] covariance)
    {
        if (count < 2)
        {
            throw new AtelierException(
                FailureKind.Dataset,
                $"A covariance needs at least 2 samples; there are {count}. Give more images.");
        }

        if (mean.Length == 0 || covariance.LongLength != (long)mean.Length * mean.Length)
        {
            throw new AtelierException(
                FailureKind.Bug,
                $"A mean of {mean.Length} features does not fit a covariance of {covariance.Length}.");
        }

        Count = count;
        this.mean = mean;
        this.covariance = covariance;
        if (!IsFinite(mean) || !IsFinite(covariance))
            throw new AtelierException(
                FailureKind.Numeric, "The moments of the features hold NaN or infinity.");
    }

    /// <summary>N, the number of samples.</summary>
    public long Count { get; }

    /// <summary>D, the number of features.</summary>
    public int Dimension => mean.Length;

    /// <summary>Mean [D].</summary>
    public ReadOnlySpan<double> Mean => mean;

    /// <summary>Unbiased covariance [D, D], row-major.</summary>
    public ReadOnlySpan<double> Covariance => covariance;

    /// <summary>True when N - 1 is less than D, so that the covariance has no full rank.</summary>
    public bool IsRankDeficient => Count - 1 < Dimension;

    private static bool IsFinite(double[] values)
    {
        foreach (var value in values)
            if (!double.IsFinite(value))
                return false;
        return true;
    }
}
