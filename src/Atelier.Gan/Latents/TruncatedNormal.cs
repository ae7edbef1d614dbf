using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>
/// Latents from N(0, 1), and for sampling from N(0, 1) with every component redrawn until |z| is at most a
/// threshold (BigGAN paper, section 3.1). Multiplying z by a factor is something else, and not done here.
/// </summary>
public static class TruncatedNormal
{
    /// <summary>The smallest threshold: below it nearly every draw would be thrown away.</summary>
    public const double SmallestThreshold = 0.001;

    private const double MostWork = 16;

    /// <summary>Draws latents.</summary>
    /// <param name="count">N.</param>
    /// <param name="size">Z.</param>
    /// <param name="threshold">Null for no truncation; else positive.</param>
    /// <param name="generator">The random numbers.</param>
    /// <returns>[N, Z], float32.</returns>
    /// <exception cref="AtelierException">The threshold is too small or not a number.</exception>
    public static Tensor Draw(long count, long size, double? threshold, Generator generator)
    {
        if (threshold is { } limit) Check(limit);
        return DrawWithin(count, size, threshold, generator);
    }

    /// <summary>Fails when a threshold is too small or not a number.</summary>
    /// <exception cref="AtelierException">It is.</exception>
    public static void Check(double threshold)
    {
        if (!(threshold >= SmallestThreshold))
            throw new AtelierException(
                FailureKind.Usage,
                $"The truncation threshold is {threshold}; expected {SmallestThreshold} or more (2 is mild, " +
                "0.5 strong).");
    }

    /// <summary>Draws without a look at the threshold, which may be as small as it likes.</summary>
    internal static Tensor DrawWithin(long count, long size, double? threshold, Generator generator)
    {
        if (threshold is not { } limit) return Tensor.Randn([count, size], generator);
        if (limit >= 1 / MostWork) return Redraw(count, size, limit, generator);
        using var scope = new TensorScope();
        return scope.Keep(DrawWithin(size, Tensor.Full([count, 1], limit, DType.Float64), generator));
    }

    /// <summary>
    /// The distribution of redrawing without a loop, for thresholds at which that would take long and for a
    /// threshold a row: the normal's inverse distribution function at uniform points between those of -limit
    /// and limit.
    /// </summary>
    /// <param name="size">Z.</param>
    /// <param name="limits">[N, 1], float64, positive.</param>
    /// <param name="generator">The random numbers.</param>
    internal static Tensor DrawWithin(long size, Tensor limits, Generator generator)
    {
        using var scope = new TensorScope();
        var edge = (limits / Math.Sqrt(2)).Erf();                                  // P(|z| <= limit), [N, 1]
        var uniform = Aten.Rand([limits.Size(0), size], generator, DType.Float64) * 2 - 1;
        var latent = (uniform * edge).Erfinv() * Math.Sqrt(2);
        return scope.Keep(latent.Minimum(limits).Maximum(-limits).To(DType.Float32));
    }

    private static Tensor Redraw(long count, long size, double limit, Generator generator)
    {
        using var scope = new TensorScope();
        var latent = Tensor.Randn([count, size], generator);
        while (true)
        {
            using var round = new TensorScope();
            var outside = latent.Abs().Gt(limit).Nonzero();   // [M, 2]
            var missing = outside.Size(0);
            if (missing == 0) break;
            var rows = outside.Select(1, 0);
            var columns = outside.Select(1, 1);
            latent.IndexPutInPlace([rows, columns], Tensor.Randn([missing], generator));
        }

        return scope.Keep(latent);
    }
}
