using Atelier.Tests;
using Atelier.Torch;

namespace Atelier.Metrics.Tests;

public sealed class MetricRunTests : TensorTest
{
    private const int Count = 60;
    private readonly MadeImages real = new(Count, seed: 1);
    private readonly MadeImages other = new(Count, seed: 2);

    [Fact]
    public void Run_OfTheRealImagesThemselves_HasFidZero()
    {
        using var backbone = new LinearBackbone();

        var result = Assert.Single(new MetricRun(backbone, real, MetricCatalogue.Parse("fid")).Run(
            ImageFeeds.Of(real), Count));

        Assert.Equal("fid", result.Name);
        Assert.InRange(result.Value, 0, 1e-9);
        Assert.Equal(Count, result.Protocol.SampleCount);
        Assert.Equal("made-images", result.Protocol.DatasetHash);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(100)]
    public void Run_OfAnyBatchSize_GivesTheSameNumbers(int batchSize)
    {
        using var backbone = new LinearBackbone();
        var metrics = MetricCatalogue.Parse("fid,is,accuracy", new MetricOptions { InceptionSplits = 2 });
        var expected = new MetricRun(backbone, real, metrics, new MetricRunOptions { BatchSize = 60 })
            .Run(ImageFeeds.Of(other), Count);

        var results = new MetricRun(backbone, real, metrics, new MetricRunOptions { BatchSize = batchSize })
            .Run(ImageFeeds.Of(other), Count);

        Assert.True(results[0].Value > 0);
        // Features are float32 sums over 144 pixels, whose order follows the batch.
        for (var k = 0; k < expected.Count; k++) Assert.Equal(expected[k].Value, results[k].Value, 1e-5);
        Assert.Equal(expected.Select(r => r.Protocol), results.Select(r => r.Protocol));
    }

    [Fact]
    public void Run_OfAFloatFeed_EqualsTheRunOfItsBytes()
    {
        using var backbone = new LinearBackbone();
        var metrics = MetricCatalogue.Parse("fid");
        var bytes = ImageFeeds.Of(other);
        ImageFeed floats = (start, count) =>
        {
            using var scope = new TensorScope();
            var images = ImageQuantiser.ToTensor(bytes(start, count).Images.Span, 1, 12);
            return ImageBatch.FromTensor(images + 0.003);
        };

        var expected = new MetricRun(backbone, real, metrics).Run(bytes, Count);

        Assert.Equal(expected, new MetricRun(backbone, real, metrics).Run(floats, Count));
    }

    [Theory]
    [InlineData("is")]
    [InlineData("fid,accuracy")]
    public void Run_OnABackboneWithoutClasses_RefusesWhatNeedsLogits(string metrics)
    {
        using var backbone = new LinearBackbone { ClassNames = [] };
        var run = new MetricRun(backbone, real, MetricCatalogue.Parse(metrics));

        var error = Assert.Throws<AtelierException>(() => run.Run(ImageFeeds.Of(other), Count));

        Assert.Equal(FailureKind.Usage, error.Kind);
        Assert.Equal(
            $"'{metrics.Split(',')[^1]}' needs a classifier's logits, and the backbone 'linear' has none. "
            + "Leave it out of the metrics.", error.Message);
        Assert.Equal(0, backbone.Images);
    }

    [Fact]
    public void Run_OfAccuracy_IsTheShareOfImagesThatShowTheirClass()
    {
        using var backbone = new LinearBackbone();
        // Every label is wrong but those of the first 15 images.
        ImageFeed feed = (start, count) =>
        {
            var batch = ImageFeeds.Of(real)(start, count);
            var labels = batch.Labels.ToArray();
            for (var k = 0; k < count; k++)
                if (start + k >= 15)
                    labels[k] = (labels[k] + 1) % 3;
            return ImageBatch.FromBytes(batch.Images, labels);
        };

        var result =
            Assert.Single(new MetricRun(backbone, real, MetricCatalogue.Parse("accuracy")).Run(feed, Count));

        Assert.Equal(15 / 60.0, result.Value);
    }

    [Fact]
    public void Run_OfAccuracyWithoutLabels_IsRefused()
    {
        using var backbone = new LinearBackbone();
        var run = new MetricRun(backbone, real, MetricCatalogue.Parse("accuracy,is"));
        ImageFeed feed = (start, count) => ImageBatch.FromBytes(ImageFeeds.Of(real)(start, count).Images);

        var error = Assert.Throws<AtelierException>(() => run.Run(feed, Count));

        Assert.StartsWith("The metrics accuracy need the class", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OfAccuracyWithOtherClasses_IsRefused()
    {
        using var backbone = new LinearBackbone { ClassNames = ["a", "b", "c"] };
        var run = new MetricRun(backbone, real, MetricCatalogue.Parse("accuracy"));

        var error = Assert.Throws<AtelierException>(() => run.Run(ImageFeeds.Of(real), Count));

        Assert.Contains(
            "top, middle, bottom and the backbone the classes a, b, c", error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OfFewerImagesThanFeatures_Warns()
    {
        using var backbone = new LinearBackbone(features: 20);
        var warnings = new List<string>();
        var run = new MetricRun(
            backbone, real, MetricCatalogue.Parse("fid"), new MetricRunOptions { Warn = warnings.Add });

        run.Run(ImageFeeds.Of(other), 21);
        Assert.Empty(warnings);
        run.Run(ImageFeeds.Of(other), 20);

        Assert.StartsWith(
            "FID over 20 images against 60 in 20 dimensions",
            Assert.Single(warnings),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OfTooFewImagesOrAShortFeed_IsRefused()
    {
        using var backbone = new LinearBackbone();
        var run = new MetricRun(backbone, real, MetricCatalogue.Parse("fid"));

        Assert.Equal(
            FailureKind.Dataset, Assert.Throws<AtelierException>(() => run.Run(ImageFeeds.Of(real), 1)).Kind);
        Assert.Equal(
            FailureKind.Dataset,
            Assert.Throws<AtelierException>(() => run.Run((s, n) => ImageFeeds.Of(real)(s, n - 1), 5)).Kind);
    }

    [Fact]
    public void Constructor_OfABackboneForAnotherSize_IsRefused()
    {
        using var backbone = new LinearBackbone(size: 15);

        var error = Assert.Throws<AtelierException>(
            () => new MetricRun(backbone, real, MetricCatalogue.Parse("fid")));

        Assert.Contains(
            "1 x 12 x 12 and the backbone takes 1 x 15 x 15", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Cancelled_StopsBetweenBatches()
    {
        using var backbone = new LinearBackbone();
        using var cancel = new CancellationTokenSource();
        var run = new MetricRun(
            backbone, real, MetricCatalogue.Parse("is"),
            new MetricRunOptions { BatchSize = 10, Progress = p => { if (p.Done == 20) cancel.Cancel(); } });

        Assert.Throws<OperationCanceledException>(() => run.Run(ImageFeeds.Of(real), Count, cancel.Token));
        Assert.Equal(20, backbone.Images);
    }
}
