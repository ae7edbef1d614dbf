using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Metrics.Tests;

public sealed class BackboneTrainerTests : TensorTest
{
    private static readonly BackboneOptions Small = new()
    {
        Blocks = "6|8", Epochs = 4, BatchSize = 20, Seed = 3, Flips = false, ShiftPixels = 1,
        PeakLearningRate = 0.1, ReportEverySteps = 4, Command = "atelier backbone train made",
    };

    private readonly MadeImages train = new(200, seed: 1);
    private readonly MadeImages test = new(60, seed: 2) { ContentHash = "made-test" };

    [Fact]
    public void Train_OfEasyImages_RecognisesThemAndReportsIt()
    {
        var reports = new List<BackboneProgress>();

        using var trained =
            BackboneTrainer.Train(
                train, test, Small, reports.Add, null, TestContext.Current.CancellationToken);

        Assert.True(trained.TestAccuracy >= 0.9, $"test accuracy {trained.TestAccuracy}");
        // Ten steps a pass; reports at 4, 8 and 10 of each ten, ..., the last of a pass with the test.
        Assert.Equal(4, reports.Count(report => report.TestAccuracy is not null));
        Assert.Equal((40L, 40L, 4), (reports[^1].Step, reports[^1].Steps, reports[^1].Epoch));
        Assert.Equal(trained.TestAccuracy, reports[^1].TestAccuracy);
        Assert.Equal(TimeSpan.Zero, reports[^1].Remaining);
        Assert.True(reports[^1].Loss < reports[0].Loss);
        Assert.Equal("made-test", trained.Backbone.Card.TestHash);
    }

    [Fact]
    public void Train_OfEqualSeeds_GivesEqualWeights()
    {
        var options = Small with { Epochs = 1 };
        using var first = BackboneTrainer.Train(train, test, options);
        using var second = BackboneTrainer.Train(train, test, options);
        using var other = BackboneTrainer.Train(train, test, options with { Seed = 4 });

        Assert.Equal(first.Backbone.Sha256, second.Backbone.Sha256);
        Assert.NotEqual(first.Backbone.Sha256, other.Backbone.Sha256);
    }

    [Fact]
    public void Train_Cancelled_StopsAndLeavesNothing()
    {
        using var cancel = new CancellationTokenSource();
        var reports = new List<BackboneProgress>();
        void Stop(BackboneProgress report)
        {
            reports.Add(report);
            cancel.Cancel();
        }

        Assert.Throws<OperationCanceledException>(
            () => BackboneTrainer.Train(train, test, Small, Stop, null, cancel.Token));
        Assert.Equal(4, Assert.Single(reports).Step);
    }

    [Fact]
    public void Train_OfSetsThatDoNotFit_IsRefused()
    {
        var wider = new MadeImages(20, seed: 2, size: 16);
        var renamed = new MadeImages(20, seed: 2) { ClassNames = ["top", "bottom", "middle"] };

        Assert.Equal(
            FailureKind.Dataset,
            Assert.Throws<AtelierException>(() => BackboneTrainer.Train(train, wider, Small)).Kind);
        Assert.Throws<AtelierException>(() => BackboneTrainer.Train(train, renamed, Small));
    }

    [Fact]
    public void Train_OfImagesThatAreNotSquare_IsRefused()
    {
        var wide = new MadeImages(20, seed: 2, size: 16, height: 12);

        var error = Assert.Throws<AtelierException>(() => BackboneTrainer.Train(wide, wide, Small));

        Assert.Equal(FailureKind.Dataset, error.Kind);
        Assert.Contains("16x12", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6|x")]
    [InlineData("0")]
    [InlineData("6|8|8|8|8")]
    [InlineData("6,2000")]
    public void Train_OfImpossibleBlocks_IsRefused(string blocks)
    {
        var error = Assert.Throws<AtelierException>(
            () => BackboneTrainer.Train(train, test, Small with { Blocks = blocks }));

        Assert.Equal(FailureKind.Usage, error.Kind);
        Assert.StartsWith("A small classifier cannot have", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(25, 0.5)]
    [InlineData(50, 1)]
    [InlineData(125, 0.5)]
    [InlineData(200, 0)]
    public void LearningRate_OverTheCycle_RisesForAQuarterThenFalls(long step, double share)
    {
        var options = new BackboneOptions { PeakLearningRate = 0.4 };

        Assert.Equal(0.4 * share, BackboneTrainer.LearningRate(options, step, 200), 1e-12);
    }

    [Theory]
    [InlineData(0, 0.2)]
    [InlineData(23, 0.6)]
    [InlineData(46, 1)]
    [InlineData(123, 0.535)]
    public void LearningRate_WithARateAtEitherEnd_MovesInLinesBetweenThem(long step, double share)
    {
        var options = new BackboneOptions
        {
            PeakLearningRate = 0.5, PeakAt = 0.23, RateAtStart = 0.2, RateAtEnd = 0.07,
        };

        Assert.Equal(0.5 * share, BackboneTrainer.LearningRate(options, step, 200), 1e-12);
    }

    [Fact]
    public void Step_WithALargerRateOfBiases_MovesThemFartherAndDecaysThemTheSame()
    {
        using var module = new OneWeight("bias");
        using var optimizer = new NesterovSgd(module, momentum: 0.5, weightDecay: 0.1, biasRate: 4);

        module.Weight.Grad = Tensor.FromArray<float>([1, -2], 2);
        optimizer.Step(0.1);

        // d = g + 0.1 / 4 w = (1.05, -1.9); v = d; w -= 0.4 (d + 0.5 v).
        AssertClose([2 - 0.63, 4 + 1.14], module.Weight, 1e-6);
    }

    [Fact]
    public void Of_ALargerBatch_RaisesTheRateInProportion()
    {
        Assert.Equal(new BackboneOptions(), BackboneOptions.Of(ClassifierDesign.Plain));
        Assert.Equal(0.3, BackboneOptions.Of(ClassifierDesign.Plain, 192).PeakLearningRate, 1e-12);
        var whitened = BackboneOptions.Of(ClassifierDesign.Whitened, 512);
        Assert.Equal(512, whitened.BatchSize);
        // 11.5 a thousand images, in units of 1024 (1 + 1 / (1 - 0.85)).
        Assert.Equal(11.5 / 7850.6667 * 512, whitened.PeakLearningRate, 1e-6);
    }

    [Fact]
    public void Step_OfNesterovSgd_EqualsTheFormulaTwice()
    {
        using var module = new OneWeight();
        using var optimizer = new NesterovSgd(module, momentum: 0.5, weightDecay: 0.1);

        module.Weight.Grad = Tensor.FromArray<float>([1, -2], 2);
        optimizer.Step(0.1);
        // d = g + 0.1 w = (1.2, -1.6); v = d; w -= 0.1 (d + 0.5 v).
        AssertClose([2 - 0.18, 4 + 0.24], module.Weight, 1e-6);

        module.Weight.Grad = Tensor.FromArray<float>([0, 1], 2);
        optimizer.Step(0.2);
        // d = (0.182, 1.424); v = 0.5 v + d = (0.782, 0.624); w -= 0.2 (d + 0.5 v).
        AssertClose([1.82 - (0.2 * 0.573), 4.24 - (0.2 * 1.736)], module.Weight, 1e-6);
    }

    private sealed class OneWeight : Nn.Module
    {
        public OneWeight(string name = "weight") =>
            Weight = Parameter(name, Tensor.FromArray<float>([2, 4], 2));

        public Tensor Weight { get; }
    }
}
