using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Metrics.Tests;

/// <summary>Metrics of whole sets as a run computes them; their formulas are tested where they are.</summary>
public sealed class CollectedMetricsTests : TensorTest
{
    private static readonly BackboneOptions Quick =
        new() { Blocks = "4|8", Epochs = 1, BatchSize = 20, ShiftPixels = 0, Flips = false };

    private readonly MadeImages real = new(120, seed: 1);
    private readonly MadeImages heldOut = new(60, seed: 2);
    private readonly MadeImages other = new(80, seed: 3);

    [Fact]
    public void FidBootstrap_HasTheValueOfFidInsideItsInterval()
    {
        var numbers = Run("fid,fid_bootstrap");

        Assert.Equal(numbers["fid"].Value, numbers["fid_bootstrap"].Value, 1e-9);
        Assert.InRange(
            numbers["fid"].Value, numbers["fid_bootstrap_low"].Value, numbers["fid_bootstrap_high"].Value);
        Assert.Contains("level=0.95", numbers["fid_bootstrap"].Protocol.Metric, StringComparison.Ordinal);
    }

    [Fact]
    public void Prd_HasACurveFromFullRecallToFullPrecision()
    {
        var numbers = Run("prd");

        var curve = numbers["prd_f8"].Curve!;
        Assert.Equal(curve.Max(p => p.X), curve[0].X);
        Assert.Equal(curve.Max(p => p.Y), curve[^1].Y);
        Assert.InRange(numbers["prd_f1_8"].Value, 0.5, 1);
        Assert.NotNull(PrecisionRecallChart.Of("made", [.. numbers.Values]));
        Assert.Null(PrecisionRecallChart.Of("made", [numbers["prd_f1_8"]]));
    }

    [Fact]
    public void Memorisation_OfTheTrainingImagesThemselves_IsSeen()
    {
        var honest = Run("memorisation");
        var copied = Run("memorisation", scored: real);

        // Of 80 images against 60, of which a few far ones decide.
        Assert.InRange(honest["memorisation_ratio"].Value, 0.6, 1.6);
        Assert.Equal(0, copied["memorisation_ratio"].Value, 1e-12);
        Assert.Equal(1, copied["memorisation_copies"].Value);
        Assert.Equal(
            honest["memorisation_held_out"].Value, copied["memorisation_held_out"].Value, 1e-12);
    }

    [Fact]
    public void Memorisation_WithoutHeldOutImages_IsRefused()
    {
        using var backbone = new LinearBackbone();

        var error = Assert.Throws<AtelierException>(() =>
            new MetricRun(backbone, real, MetricCatalogue.Parse("memorisation")).Run(ScoredImages.Of(other)));

        Assert.Equal(FailureKind.Usage, error.Kind);
        Assert.Contains("'memorisation'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cas_GivesBothDirectionsAndTheRealAccuracy()
    {
        var parts = new List<int>();
        var numbers = Run("cas", progress: p => parts.Add(p.Done));

        Assert.Equal(["cas", "cas_reverse", "cas_real"], numbers.Keys);
        Assert.All(numbers.Values, number => Assert.InRange(number.Value, 0.2, 1));
        Assert.Equal("none", numbers["cas"].Protocol.Backbone);
        Assert.Contains(50, parts);
        Assert.Equal(100, parts[^1]);
    }

    [Fact]
    public void Ppl_IsTakenOnTheBackboneAndSaysSo()
    {
        var warnings = new List<string>();
        var numbers = Run("ppl", warn: warnings.Add, generator: new Ramp());

        Assert.True(numbers["ppl"].Value > 0);
        Assert.Contains("distance=features", numbers["ppl"].Protocol.Metric, StringComparison.Ordinal);
        Assert.Equal("linear", numbers["ppl"].Protocol.Backbone);
        Assert.Contains("not on LPIPS", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ppl", false, "these images lie there already")]
    [InlineData("ppl_w", true, "this generator has none")]
    public void Ppl_OfWhatHasNoSuchPaths_IsRefused(string metric, bool hasGenerator, string why)
    {
        var error = Assert.Throws<AtelierException>(
            () => Run(metric, generator: hasGenerator ? new Ramp() : null));

        Assert.Equal(FailureKind.Usage, error.Kind);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    private Dictionary<string, MetricResult> Run(
        string metrics, IImageSet? scored = null, Action<string>? warn = null,
        IScoredGenerator? generator = null, Action<MetricProgress>? progress = null)
    {
        using var backbone = new LinearBackbone();
        var run = new MetricRun(
            backbone, real,
            MetricCatalogue.Parse(
                metrics, new MetricOptions { BootstrapReplicates = 200, Classifier = Quick }),
            new MetricRunOptions
            {
                Warn = warn,
                Progress = p =>
                {
                    if (p.Stage == MetricStage.Computed) progress?.Invoke(p);
                },
            }) { HeldOut = heldOut };
        return run.Run(ScoredImages.Of(scored ?? other) with { Generator = generator })
            .ToDictionary(result => result.Name, StringComparer.Ordinal);
    }

    /// <summary>Images that grow brighter with the latent.</summary>
    private sealed class Ramp : IScoredGenerator
    {
        public int ClassCount => 3;

        public bool HasNormalLatents => true;

        public Tensor DrawLatents(int count, Generator random) => Tensor.Randn([count, 144], random);

        public Tensor Generate(Tensor latents, Tensor classes) => (latents * 0.3).Reshape([-1, 1, 12, 12]);
    }
}
