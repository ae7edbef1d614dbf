using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Metrics.Tests;

/// <summary>What a run collects for metrics that look at whole sets.</summary>
public sealed class CollectingRunTests : TensorTest
{
    private const int Count = 45;
    private readonly MadeImages real = new(60, seed: 1, size: 16);
    private readonly MadeImages other = new(Count, seed: 2, size: 16);

    [Fact]
    public void Run_OfManyMetrics_LooksAtEveryImageOnce()
    {
        using var backbone = new LinearBackbone(size: 16);
        var metrics = MetricCatalogue.Parse("fid,kid,is,prdc,ifid,accuracy", Small);

        var results = new MetricRun(backbone, real, metrics).Run(ImageFeeds.Of(other), Count);

        Assert.Equal(60 + Count, backbone.Images);
        Assert.Equal(11, results.Count);
    }

    [Fact]
    public void Run_OfKidAndPrdc_EqualsTheLibraryOnTheFeatures()
    {
        using var backbone = new LinearBackbone(size: 16);
        var metrics = MetricCatalogue.Parse("kid,prdc", Small with { EqualNeighbourhoods = false });

        var results = new MetricRun(backbone, real, metrics, new MetricRunOptions { BatchSize = 7 })
            .Run(ImageFeeds.Of(other), Count);

        var (left, right) = (Features(backbone, real), Features(backbone, other));
        var (mean, deviation) = KernelDistance.OverSubsets(left, right, 3, 20, 9);
        Assert.Equal(mean, results[0].Value, 1e-5 * Math.Abs(mean));
        Assert.Equal(deviation, results[1].Value, 1e-4 * deviation);
        var scores = ManifoldOverlap.Compute(left, right, 4);
        Assert.Equal(
            [scores.Precision, scores.Recall, scores.Density, scores.Coverage],
            results.Skip(2).Select(static r => r.Value));
    }

    [Fact]
    public void Run_OfAFeedOrASet_GivesTheSameSwdAndMsssimWithoutABackbone()
    {
        var metrics = MetricCatalogue.Parse("swd,msssim", Small);
        var run = new MetricRun(null, real, metrics);

        var fed = run.Run(ImageFeeds.Of(other), Count);
        var set = run.Run(ScoredImages.Of(other));

        Assert.Equal(set.Select(static r => r.Value), fed.Select(static r => r.Value));
        Assert.All(fed, static r => Assert.Equal("none", r.Protocol.Backbone));
    }

    [Fact]
    public void Run_OfSwd_IsTheDistanceOfNormalisedPatchesTimesAThousand()
    {
        var result = Assert.Single(
            new MetricRun(null, real, MetricCatalogue.Parse("swd", Small)).Run(ScoredImages.Of(other)));

        using var random = new Generator(Device.Cpu, Small.Seed);
        var first = Patches(ImageSubset.ByLot(real, Count, 9), random);
        var second = Patches(ImageSubset.ByLot(other, Count, 9), random);
        Assert.Equal(1000 * SlicedWasserstein.Compute(first, second, random), result.Value, 1e-9);
        Assert.Equal(["16"], result.Parts!.Select(static p => p.Label));
    }

    [Fact]
    public void Run_OfAMetricThatDoesNotFit_IsRefusedOrLeftOut()
    {
        var small = new MadeImages(20, seed: 3, size: 12);
        var warnings = new List<string>();
        var metrics = MetricCatalogue.Parse("msssim,swd,fid");

        var error = Assert.Throws<AtelierException>(
            () => new MetricRun(null, small, metrics).Run(ScoredImages.Of(small)));
        Assert.Contains("12 x 12 px", error.Message, StringComparison.Ordinal);
        var nothing = Assert.Throws<AtelierException>(() => new MetricRun(
            null, small, metrics,
            new MetricRunOptions { LeavesOutUnfit = true, Warn = warnings.Add }).Run(ScoredImages.Of(small)));
        Assert.Equal(3, warnings.Count);
        Assert.Contains("None of the metrics", nothing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OfABackboneWithBrokenWeights_BlamesTheBackbone()
    {
        using var backbone = new LinearBackbone(size: 16) { IsBroken = true };

        var error = Assert.Throws<AtelierException>(
            () => new MetricRun(backbone, real, MetricCatalogue.Parse("fid")).Run(ScoredImages.Of(other)));

        Assert.Equal(FailureKind.Checkpoint, error.Kind);
        Assert.Contains("'linear' gives features that are NaN", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_CancelledWhileItComputes_StopsBetweenSubsets()
    {
        using var backbone = new LinearBackbone(size: 16);
        using var cancel = new CancellationTokenSource();
        var seen = 0;
        var run = new MetricRun(backbone, real, MetricCatalogue.Parse("kid"), new MetricRunOptions
        {
            Progress = p =>
            {
                if (p is { Stage: MetricStage.Computed, Metric: "kid", Total: 100 } && ++seen == 3)
                    cancel.Cancel();
            },
        });

        Assert.Throws<OperationCanceledException>(() => run.Run(ImageFeeds.Of(other), Count, cancel.Token));
        Assert.Equal(3, seen);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(0)]
    public void Spool_OfImages_GivesThemBackAtRandomPlaces(long mostMemory)
    {
        using var spool = new ImageSpool(Count, ImageShape.Of(other), other.ClassNames, mostMemory);
        for (var start = 0; start < Count; start += 20)
        {
            var batch = ImageFeeds.Of(other)(start, Math.Min(20, Count - start));
            spool.Add(batch.Images.Span, batch.Labels.Span);
        }

        var (expected, got) = (new byte[3 * 256], new byte[3 * 256]);
        other.CopyImages([44, 3, 21], expected);
        spool.CopyImages([44, 3, 21], got);

        Assert.Equal(expected, got);
        Assert.Equal(other.Label(44), spool.Label(44));
    }

    private static MetricOptions Small => new()
    {
        KernelSubsets = 3, KernelSubsetSize = 20, InceptionSplits = 3, Neighbours = 4, Seed = 9,
    };

    private static Tensor Features(LinearBackbone backbone, MadeImages images) =>
        new FeatureStore(new MetricRunOptions()).Features(backbone, images);

    private static Tensor Patches(ImageSubset images, Generator random)
    {
        var bytes = new byte[images.Count * 256];
        images.CopyImages([.. Enumerable.Range(0, images.Count)], bytes);
        var pixels = Tensor.FromArray<byte>(bytes, images.Count, 1, 16, 16).To(DType.Float32);
        return PatchDescriptors.Normalise(PatchDescriptors.Cut(pixels, 128, random));
    }
}
