using Atelier.Gan;
using Atelier.Tests;
using Atelier.Torch;
using Atelier.Training.Evaluation;
using Atelier.Training.Loop;

namespace Atelier.Training.Tests.Loop;

public sealed class SamplingTests : TensorTest
{
    [Fact]
    public void GeneratorFeed_SameWeightsTwice_GivesTheSameImages()
    {
        using var session = Settled();

        var first = Feed(session.Average);
        var second = Feed(session.Average);

        Assert.Equal(first, second);
        Assert.Equal(3, first.Length);
        Assert.NotEqual(first[0], first[1]);
    }

    [Fact]
    public void GeneratorFeed_OtherWeights_GivesOtherImages()
    {
        using var session = Settled();
        var before = Feed(session.Average);

        using (new NoGradScope())
            foreach (var parameter in session.Average.Parameters()) parameter.MulInPlace(1.5);

        Assert.NotEqual(before, Feed(session.Average));
    }

    [Fact]
    public void GeneratorFeed_Labels_AreEveryClassInTurn()
    {
        using var session = Settled();
        using var feed = new GeneratorFeed(session.Average, null, 1);

        Assert.Equal([0, 1, 2, 0, 1], feed.Next(0, 5).Labels.ToArray());
        Assert.Equal([2, 0], feed.Next(5, 2).Labels.ToArray());
    }

    [Fact]
    public void Samples_WithStandingStatistics_DoNotDependOnTheirBatch()
    {
        using var session = Settled();
        using var noGrad = new NoGradScope();
        using var random = new Generator(Device.Cpu, 4);
        var latent = TruncatedNormal.Draw(7, 4, null, random);
        var classes = Tensor.FromArray<long>([0, 1, 2, 2, 1, 0, 1], 7);

        var together = session.Average.Generate(latent, classes);

        for (var k = 0; k < 7; k++)
        {
            var alone = session.Average.Generate(latent.Narrow(0, k, 1), classes.Narrow(0, k, 1));
            // Convolutions pick their algorithm by the batch; values lie in [-1, 1].
            Assert.InRange(MaxDifference(together.Narrow(0, k, 1), alone), 0, 1e-5);
        }
    }

    [Fact]
    public void AverageSampler_Asked_LeavesTheAverageAsItIs()
    {
        using var session = Settled();
        using var sampler = new AverageSampler(
            session.Blueprint, new StandingStatisticsOptions(2, 4), ["a", "b", "c"]);
        var before = session.Average.State().Select(static s => s.Tensor.Clone()).ToList();

        var copy = sampler.At(session);

        Assert.NotSame(session.Average, copy);
        foreach (var (old, now) in before.Zip(session.Average.State()))
            Assert.Equal(0, MaxDifference(old, now.Tensor));
    }

    private static GanSession Settled()
    {
        var session = TinyRun.Session();
        StandingStatistics.Gather(
            session.Average, new StandingStatisticsOptions(2, 8), null, 3,
            TestContext.Current.CancellationToken);
        return session;
    }

    private static byte[][] Feed(GeneratorNetwork generator)
    {
        using var feed = new GeneratorFeed(generator, null, 9);
        return [.. new[] { 0, 6, 12 }.Select(start => feed.Next(start, 6).Images.ToArray())];
    }
}
