using Atelier.Torch;

namespace Atelier.Gan;

/// <summary>
/// What a generator's latents are drawn from (BigGAN paper, appendix E). It belongs to the generator that
/// was trained on it: sampled from another one, it draws something else.
/// </summary>
public abstract class LatentLaw
{
    /// <summary>Its name and numbers, as recipes and model files keep them.</summary>
    public abstract LatentOptions Options { get; }

    /// <summary>
    /// Why the truncation trick has no meaning here, as the end of a sentence; null where it has one.
    /// </summary>
    public virtual string? WhyNotTruncated => null;

    /// <summary>The law of one moment of training; most never change.</summary>
    /// <param name="progress">Share of the run, 0 in the first step and 1 in the last.</param>
    public virtual LatentLaw At(double progress) => this;

    /// <summary>Draws latents.</summary>
    /// <param name="count">N.</param>
    /// <param name="size">Z.</param>
    /// <param name="threshold">Null for no truncation; else positive: no |z| is larger.</param>
    /// <param name="random">The random numbers.</param>
    /// <returns>[N, Z], float32.</returns>
    /// <exception cref="AtelierException">The threshold is too small or not a number, or the law knows no
    /// truncation (Usage).</exception>
    public Tensor Draw(long count, long size, double? threshold, Generator random)
    {
        if (threshold is { } limit)
        {
            TruncatedNormal.Check(limit);
            if (WhyNotTruncated is { } reason)
                throw new AtelierException(
                    FailureKind.Usage,
                    $"The generator was trained on latents of the law '{Options.Name}', which cannot be " +
                    $"truncated: {reason}. Sample without a truncation.");
        }

        using var scope = new TensorScope();
        return scope.Keep(Sample(count, size, threshold, random));
    }

    /// <summary>Draws [N, Z], float32, truncated where there is a threshold, which is sound.</summary>
    protected abstract Tensor Sample(long count, long size, double? threshold, Generator random);

    /// <summary>Independent zeros and ones, each with probability one half: [N, Z], float32.</summary>
    protected static Tensor Coins(long count, long size, Generator random) =>
        Tensor.Empty([count, size]).BernoulliInPlace(0.5, random);
}
