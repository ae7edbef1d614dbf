using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Gan.Tests.Latents;

public sealed class LatentLawTests : TensorTest
{
    private const int Count = 600;
    private const int Size = 61;

    private readonly Generator random = new(Device.Cpu, 17);

    private static readonly string[] Truncated =
    [
        "normal", "uniform", "censored_normal", "normal_times_bernoulli", "normal_and_bernoulli",
        "annealed_normal", "variable_normal",
    ];

    public static TheoryData<string> Names => [.. LatentCatalogue.Names];

    // Mean, variance and fourth moment, by hand: of max(N, 0) they are 1/sqrt(2 pi), 1/2 - 1/(2 pi) and 3/2;
    // of the two halves (30 normal and 31 Bernoulli components) the means of both; of N(0, v) with v
    // uniform in [0.5, 1.5] the fourth moment is 3 E[v²] = 3 (1 + 1/12).
    [Theory]
    [InlineData("normal", 0, 1, 3)]
    [InlineData("uniform", 0, 1.0 / 3, 1.0 / 5)]
    [InlineData("bernoulli", 0.5, 0.25, 0.5)]
    [InlineData("censored_normal", 0.398942, 0.340845, 1.5)]
    [InlineData("bernoulli_sign", 0, 1, 1)]
    [InlineData("categorical", 0, 2.0 / 3, 2.0 / 3)]
    [InlineData("normal_times_bernoulli", 0, 0.5, 1.5)]
    [InlineData("normal_and_bernoulli", 0.254098, 0.681338, 1.729508)]
    [InlineData("annealed_normal", 0, 1, 3)]
    [InlineData("variable_normal", 0, 1, 3.25)]
    public void Draw_OfALaw_HasItsMoments(string name, double mean, double variance, double fourth)
    {
        var latent = Law(name).Draw(Count, Size, null, random).To(DType.Float64);

        Assert.Equal([Count, Size], latent.Shape);
        // 36,600 draws: four standard errors of the widest law are 0.021 (mean), 0.03 (variance) and 0.25.
        Assert.InRange(latent.Mean().Item() - mean, -0.021, 0.021);
        Assert.InRange(latent.Var().Item() - variance, -0.032, 0.032);
        Assert.InRange(latent.Pow(4).Mean().Item() - fourth, -0.25, 0.25);
    }

    [Theory]
    [InlineData("bernoulli", new[] { 0f, 1 })]
    [InlineData("bernoulli_sign", new[] { -1f, 1 })]
    [InlineData("categorical", new[] { -1f, 0, 1 })]
    public void Draw_OfADiscreteLaw_HasItsValuesAndNoOthers(string name, float[] values)
    {
        var drawn = Law(name).Draw(Count, Size, null, random).ToArray<float>();

        Assert.Equal(values, drawn.Distinct().Order());
        Assert.All(values, v => Assert.InRange(
            drawn.Count(d => d == v) / (double)drawn.Length - 1.0 / values.Length, -0.011, 0.011));
    }

    [Fact]
    public void Draw_OfTheTwoHalves_IsNormalFirstAndBernoulliAfterwards()
    {
        var latent = Law("normal_and_bernoulli").Draw(Count, Size, null, random);

        Assert.Equal(Count * 30, latent.Narrow(1, 0, 30).ToArray<float>().Distinct().Count(), Count / 10.0);
        Assert.Equal([0f, 1], latent.Narrow(1, 30, 31).ToArray<float>().Distinct().Order());
    }

    [Fact]
    public void Draw_OfVariableVariance_HasOneVarianceASample()
    {
        var law = LatentCatalogue.Create(
            new("variable_normal") { VarianceLow = 0.01, VarianceHigh = 9 });

        var spread = law.Draw(300, 2000, null, random).Var([1]).ToArray<float>();

        // U[0.01, 9]: mean 4.5 and deviation 2.6 over 300 samples, and nothing outside but for sampling.
        Assert.InRange(spread.Average(), 3.8, 5.2);
        Assert.InRange(spread.Min(), 0.005, 0.6);
        Assert.InRange(spread.Max(), 8.2, 10);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Draw_WithAThreshold_StaysWithinItOrIsRefusedWithAReason(string name)
    {
        var law = Law(name);
        if (!Truncated.Contains(name))
        {
            var failure = Assert.Throws<AtelierException>(() => law.Draw(4, 4, 0.5, random));
            Assert.Equal(FailureKind.Usage, failure.Kind);
            Assert.Contains(law.WhyNotTruncated!, failure.Message, StringComparison.Ordinal);
            return;
        }

        foreach (var limit in new[] { 2.0, 0.6, 0.04 })
        {
            var latent = law.Draw(Count, 60, limit, random);
            var real = name == "normal_and_bernoulli" ? latent.Narrow(1, 0, 30) : latent;
            var largest = real.Abs().Max().Item();
            var most = name == "uniform" ? Math.Min(limit, 1) : limit;
            Assert.InRange(largest, 0.97 * most, most + 1e-7);
        }
    }

    [Theory]
    [InlineData("annealed_normal", 0.6)]
    [InlineData("variable_normal", 0.6)]
    [InlineData("censored_normal", 0.6)]
    public void Draw_Truncated_HasTheDistributionOfRedrawing(string name, double limit)
    {
        // The same law without a threshold, its draws beyond it thrown away (of a censored normal those
        // whose normal number was beyond it: all zeros of a symmetric law stay).
        var law = name == "annealed_normal"
            ? Law(name).At(0.25)
            : Law(name);
        var free = law.Draw(4 * Count, Size, null, random).ToArray<float>();
        var kept = free.Where(z => Math.Abs(z) <= limit && z != 0).Select(Math.Abs).ToList();

        var drawn = law.Draw(Count, Size, limit, random).ToArray<float>().Where(z => z != 0)
            .Select(Math.Abs).ToList();

        // Over rows of equal variance; a row of variable variance keeps all its components, so its mean
        // shifts by far less than the tolerance. Three standard errors of 18,000 draws are 0.004.
        Assert.InRange(drawn.Average() - kept.Average(), -0.006, 0.006);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Draw_FromOneSeed_IsTheSame(string name)
    {
        using var first = new Generator(Device.Cpu, 4);
        using var second = new Generator(Device.Cpu, 4);
        using var other = new Generator(Device.Cpu, 5);
        var law = Law(name);

        var latent = law.Draw(9, 7, null, first);

        Assert.Equal(0, MaxDifference(latent, law.Draw(9, 7, null, second)));
        Assert.NotEqual(0, MaxDifference(latent, law.Draw(9, 7, null, other)));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(0.25, 1.75)]
    [InlineData(1, 1)]
    public void At_OfAnAnnealedNormal_IsTheNormalOfThatMoment(double progress, double variance)
    {
        var law = Law("annealed_normal").At(progress);

        Assert.Equal(new NormalLatent(variance).Options, law.Options);
        Assert.InRange(law.Draw(Count, Size, null, random).Var().Item() / variance, 0.96, 1.04);
    }

    [Theory]
    [InlineData("gauss", null, "There is no latent law 'gauss'; expected one of normal, ")]
    [InlineData("normal", 0.0, "The latents' variance is 0; expected a number above 0")]
    [InlineData("normal", double.NaN, "The latents' variance is NaN; expected")]
    public void Create_OfSomethingElse_SaysWhatIsExpected(string name, double? variance, string sentence)
    {
        var failure = Assert.Throws<AtelierException>(
            () => LatentCatalogue.Create(new LatentOptions(name) { Variance = variance }));

        Assert.Equal(FailureKind.Usage, failure.Kind);
        Assert.StartsWith(sentence, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Options_OfALaw_GoThroughJson(string name)
    {
        var options = Law(name).At(0.5).Options;

        Assert.Equal(options, LatentOptions.FromJson(options.ToJson()));
        Assert.Equal(options, LatentCatalogue.Create(options).Options);
    }

    private static LatentLaw Law(string name) => LatentCatalogue.Create(new LatentOptions(name));
}
