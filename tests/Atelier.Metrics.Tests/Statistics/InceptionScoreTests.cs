namespace Atelier.Metrics.Tests;

public sealed class InceptionScoreTests
{
    [Theory]
    [InlineData(1, 1.6241376564740273, 0)]
    [InlineData(10, 1.616793330664537, 0.023352490615963666)]
    public void Finish_OfStoredLogits_EqualsTheReference(int splits, double mean, double deviation)
    {
        var logits = Golden.Floats("offset_fake.safetensors", "logits");
        var score = new InceptionScore(800, logits.Length / 800, splits);

        score.Add(logits.AsSpan(0, 3 * logits.Length / 800));
        score.Add(logits.AsSpan(3 * logits.Length / 800));
        var (actualMean, actualDeviation) = score.Finish();

        Numbers.AssertRelative(mean, actualMean, 1e-12);
        Assert.Equal(deviation, actualDeviation, 1e-12);
    }

    [Fact]
    public void Finish_OfSureAndEvenlySpreadLogits_IsTheNumberOfClasses()
    {
        var score = new InceptionScore(3, 3, 1);

        score.Add([1e4f, 0, 0, 0, 1e4f, 0, -1e4f, -1e4f, 0]);

        Assert.Equal(3, score.Finish().Mean, 1e-12);
    }

    [Fact]
    public void Finish_OfOneClassOnly_IsOne()
    {
        var score = new InceptionScore(4, 3, 1);

        for (var n = 0; n < 4; n++) score.Add([9, -2, 1]);

        Assert.Equal((1.0, 0.0), score.Finish());
    }

    [Fact]
    public void Finish_OfUnevenSplits_CutsAsTheReferenceDoes()
    {
        // 5 samples in 2 splits: {0, 1} and {2, 3, 4}. The first holds one class, the second all three.
        var score = new InceptionScore(5, 3, 2);

        score.Add([1e3f, 0, 0, 1e3f, 0, 0, 1e3f, 0, 0, 0, 1e3f, 0, 0, 0, 1e3f]);
        var (mean, deviation) = score.Finish();

        Assert.Equal(2, mean, 1e-12);
        Assert.Equal(1, deviation, 1e-12);
    }

    [Fact]
    public void Add_OfNan_NamesSampleAndLogit()
    {
        var score = new InceptionScore(2, 2, 1);

        var error = Assert.Throws<AtelierException>(() => score.Add([1, 2, float.NaN, 4]));

        Assert.Equal(FailureKind.Numeric, error.Kind);
        Assert.Contains("Logit 0 of sample 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_OfMoreSplitsThanSamples_IsRefused()
    {
        var error = Assert.Throws<AtelierException>(() => new InceptionScore(4, 10, 5));

        Assert.Equal(FailureKind.Dataset, error.Kind);
        Assert.Contains("ask for 1 to 4 splits", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Finish_BeforeAllSamples_IsRefused()
    {
        var score = new InceptionScore(3, 2, 1);
        score.Add([1, 2]);

        Assert.Throws<AtelierException>(() => score.Finish());
        Assert.Throws<AtelierException>(() => score.Add(new float[8]));
    }
}
