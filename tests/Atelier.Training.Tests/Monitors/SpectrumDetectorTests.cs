using Atelier.Training.Monitors;

namespace Atelier.Training.Tests.Monitors;

public sealed class SpectrumDetectorTests
{
    private readonly SpectrumDetector detector = new();

    [Theory]
    [InlineData(5.9, null)]
    [InlineData(6.1, false)]
    [InlineData(11.9, false)]
    [InlineData(12.1, true)]
    public void Examine_AgainstAMedianOfThree_SignsAtTwiceAndAlarmsAtFourTimes(double sigma, bool? alarm) =>
        Assert.Equal(alarm, detector.Examine(Looks.Calm(8), Looks.At(9, sigma))?.IsAlarm);

    [Fact]
    public void Examine_GrowthOfEightPercentALook_IsHealthy()
    {
        var looks = Enumerable.Range(1, 100).Select(k => Looks.At(k, Math.Pow(1.08, k))).ToList();

        // The median of eight lies four and a half looks back: 1.08^4.5 = 1.41.
        for (var k = 8; k < looks.Count; k++) Assert.Null(detector.Examine(looks[..k], looks[k]));
    }

    [Fact]
    public void Examine_DoublingEveryLook_AlarmsAtOnce()
    {
        var looks = Looks.Calm(20);
        var first = Enumerable.Range(1, 10)
            .First(k => detector.Examine(looks, Looks.At(20 + k, 3 * Math.Pow(2, k)))?.IsAlarm == true);

        Assert.Equal(2, first);
    }

    [Fact]
    public void Examine_BeforeEightLooks_SaysNothing() =>
        Assert.Null(detector.Examine(Looks.Calm(7), Looks.At(8, sigma: 1000)));

    [Fact]
    public void Examine_ATableThatBeginsNearZero_MayGrowToOne()
    {
        var looks = Enumerable.Range(1, 8).Select(k => Looks.At(k, sigma: 0.01)).ToList();

        Assert.Null(detector.Examine(looks, Looks.At(9, sigma: 1.9)));
    }

    [Fact]
    public void Examine_OfAnExplosion_NamesTheLayerAndBothNumbers()
    {
        var evidence = detector.Examine(Looks.Calm(8), Looks.At(9, sigma: 31.5))!.Evidence;

        Assert.Equal(
            "the largest singular value of G's stem is 31.5, 10.5 times its median over the 8 looks before",
            evidence);
    }
}
