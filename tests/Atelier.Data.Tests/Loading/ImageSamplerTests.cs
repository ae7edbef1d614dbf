namespace Atelier.Data.Tests.Loading;

public sealed class ImageSamplerTests
{
    private static readonly DataCursor Start = new(Seed: 42);

    [Fact]
    public void Next_ManyEpochs_DrawsEveryImageOnceInEach()
    {
        var stream = Draw(new ImageSampler(23, Start), batches: 23, batchSize: 7);

        for (var epoch = 0; epoch < 7; epoch++)
        {
            var part = stream.Skip(23 * epoch).Take(23).ToList();
            Assert.Equal(Enumerable.Range(0, 23), part.Select(sample => sample.Index).Order());
            Assert.All(part, sample => Assert.Equal(epoch, sample.Epoch));
        }
    }

    [Fact]
    public void Next_OtherEpochOrSeed_HasAnotherOrder()
    {
        var first = Draw(new ImageSampler(50, Start), 2, 50);
        var other = Draw(new ImageSampler(50, new DataCursor(43)), 1, 50);

        Assert.NotEqual(first.Take(50).Select(s => s.Index), first.Skip(50).Select(s => s.Index));
        Assert.NotEqual(first.Take(50).Select(s => s.Index), other.Select(s => s.Index));
    }

    [Fact]
    public void Next_KnownSeed_GivesTheRecordedOrder()
    {
        // From an independent program of SplitMix64 and Fisher-Yates in arbitrary-precision integers. Fixed
        // for good: another order would break the resuming of every run that was saved before.
        Assert.Equal([8, 6, 4, 1, 7, 2, 5, 0, 9, 3],
            Draw(new ImageSampler(10, Start), 1, 10).Select(sample => sample.Index));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(11)]
    public void Next_FromASavedCursor_GoesOnAsIfNothingHappened(int stopAfter)
    {
        var straight = Draw(new ImageSampler(17, Start), 20, 5);
        var sampler = new ImageSampler(17, Start);
        Draw(sampler, stopAfter, 5);

        var resumed = Draw(new ImageSampler(17, sampler.Cursor), 20 - stopAfter, 5);

        Assert.Equal(straight.Skip(5 * stopAfter), resumed);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Next_SeveralProcesses_TogetherDrawTheStreamOfOne(int worldSize)
    {
        const int globalBatch = 8;
        var one = Draw(new ImageSampler(19, Start), 10, globalBatch);
        var ranks = Enumerable.Range(0, worldSize)
            .Select(rank => new ImageSampler(19, Start, worldSize, rank)).ToList();
        var together = new List<SampleReference>();
        for (var step = 0; step < 10; step++)
        {
            foreach (var rank in ranks)
                together.AddRange(Draw(rank, 1, globalBatch / worldSize));
        }

        Assert.Equal(one, together);
        Assert.Single(ranks.Select(rank => rank.Cursor).Distinct());
    }

    [Fact]
    public void Next_FirstPlaceOverManySeeds_IsUniform()
    {
        const int seeds = 10_000;
        var counts = new int[10];
        for (var seed = 0; seed < seeds; seed++)
            counts[Draw(new ImageSampler(10, new DataCursor((ulong)seed)), 1, 1)[0].Index]++;

        // Chi-squared with 9 degrees of freedom exceeds 27.9 once in a thousand; the seeds are fixed.
        Assert.InRange(counts.Sum(count => Math.Pow(count - (seeds / 10.0), 2) / (seeds / 10.0)), 0, 27.9);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(0, -1)]
    [InlineData(-1, 0)]
    public void Constructor_CursorOfAnotherDataset_IsRefused(long epoch, int position)
        => Assert.Equal(FailureKind.Checkpoint, Assert.Throws<AtelierException>(
            () => new ImageSampler(10, new DataCursor(1, epoch, position))).Kind);

    private static List<SampleReference> Draw(ImageSampler sampler, int batches, int batchSize)
    {
        var result = new List<SampleReference>();
        var part = new SampleReference[batchSize];
        for (var i = 0; i < batches; i++)
        {
            sampler.Next(part);
            result.AddRange(part);
        }

        return result;
    }
}
