using Atelier.Gan;
using Atelier.Nn;
using Atelier.Tests;
using Atelier.Training.Benchmarks;
using Atelier.Training.Tests.Loop;

namespace Atelier.Training.Tests.Benchmarks;

public sealed class SmallBenchmarkTests : TensorTest
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Calls_OfEveryKind_AreComparedWithTheOnesFromCSharp()
    {
        // Enough for a clock of processor time that moves every few milliseconds.
        var result = CallBenchmark.Run(9_001, 3, Cancel);

        Assert.Equal((10_000, 3), (result.Calls, result.Rounds));
        Assert.True(result is { CsharpNs: > 0, CppNs: > 0, CppBoxedNs: > 0 }, result.ToString());
        Assert.Equal(result.CsharpNs / result.CppNs, result.Ratio);
        Assert.Equal(result.CsharpNs / result.CppBoxedNs, result.RatioBoxed);
    }

    [Fact]
    public void Loading_OfEveryWay_HasARateAndItsShareOfTheFloor()
    {
        using var images = SyntheticImages.Pack(Path.Combine(Folder, "images.atl"), 8, 3, 2, 16);

        var result = LoaderBenchmark.Run(images, 16, 100, 2, Cancel);

        Assert.Equal((16, 192, 1), (result.BatchSize, result.ImageBytes, result.Files));
        Assert.Equal(4, result.Ways.Count);
        Assert.All(result.Ways, way =>
        {
            Assert.True(way.ImagesPerSecond > 0);
            Assert.Equal(way.ImagesPerSecond / result.MemcpyImagesPerSecond, way.OfMemcpy);
        });
    }

    [Fact]
    public void Sampling_OfACountThatNoBatchDivides_MakesAllImagesEveryRound()
    {
        using var session = TinyRun.Session();

        var result = SampleBenchmark.Run(
            session.Average, new StandingStatisticsOptions(2, 4),
            new SampleBenchmarkOptions(7, 3, 3, Precision.Float32), Cancel);

        Assert.Equal(3, result.RoundSeconds.Count);
        Assert.Equal(result.RoundSeconds.Order().ElementAt(1), result.Seconds);
        Assert.Equal(7 / result.Seconds, result.ImagesPerSecond);
        Assert.True(result is { StatisticsSeconds: > 0, PeakRssMb: > 10 });
    }

    [Fact]
    public void Sampling_StopsWhileStatisticsAreGathered()
    {
        using var session = TinyRun.Session();
        var asked = new CancellationToken(canceled: true);

        // Without a stop between passes, a million of them would take hours.
        Assert.Throws<OperationCanceledException>(() => SampleBenchmark.Run(
            session.Average, new StandingStatisticsOptions(1_000_000, 4),
            new SampleBenchmarkOptions(7, 3, 3, Precision.Float32), asked));
    }

    [Fact]
    public void Median_OfFour_IsTheUpperOneInTheMiddle() =>
        Assert.Equal(3, Median.Of([4.0, 1.0, 2.0, 3.0]));
}
