using System.Globalization;

namespace Atelier.Gan;

/// <summary>The latent laws by name: the ten that the BigGAN paper compared (appendix E).</summary>
public static class LatentCatalogue
{
    private const double MostVariance = 10_000;

    private static readonly (string Name, Func<LatentOptions, LatentLaw> Create)[] All =
    [
        ("normal", static o => new NormalLatent(Sound("variance", o.Variance ?? 1))),
        ("uniform", static _ => new UniformLatent()),
        ("bernoulli", static _ => new BernoulliLatent()),
        ("censored_normal", static _ => new CensoredNormalLatent()),
        ("bernoulli_sign", static _ => new BernoulliSignLatent()),
        ("categorical", static _ => new CategoricalLatent()),
        ("normal_times_bernoulli", static _ => new NormalTimesBernoulliLatent()),
        ("normal_and_bernoulli", static _ => new NormalAndBernoulliLatent()),
        ("annealed_normal", static o => new AnnealedNormalLatent(
            Sound("variance_start", o.VarianceStart ?? 2), Sound("variance_end", o.VarianceEnd ?? 1))),
        ("variable_normal", static o => new VariableNormalLatent(
            Sound("variance_low", o.VarianceLow ?? 0.5), Sound("variance_high", o.VarianceHigh ?? 1.5))),
    ];

    /// <summary>The names that recipes and model files may use.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(static law => law.Name)];

    /// <summary>The law of a name and its numbers.</summary>
    /// <exception cref="AtelierException">There is none, or a number is out of range (Usage).</exception>
    public static LatentLaw Create(LatentOptions options)
    {
        foreach (var (name, create) in All)
            if (name == options.Name) return create(options);
        throw new AtelierException(
            FailureKind.Usage,
            $"There is no latent law '{options.Name}'; expected one of {string.Join(", ", Names)}.");
    }

    private static double Sound(string name, double variance) => variance is > 0 and <= MostVariance
        ? variance
        : throw new AtelierException(FailureKind.Usage, string.Create(
            CultureInfo.InvariantCulture,
            $"The latents' {name} is {variance}; expected a number above 0 and at most {MostVariance}."));
}
