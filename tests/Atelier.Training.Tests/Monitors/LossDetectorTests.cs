using Atelier.Training.Monitors;

namespace Atelier.Training.Tests.Monitors;

public sealed class LossDetectorTests
{
    // The hinge loss of a D that answers 0: 1 + 1.
    private readonly LossDetector detector = new(2);

    [Theory]
    [InlineData(2.9, null)]
    [InlineData(3.1, false)]
    [InlineData(5.9, false)]
    [InlineData(6.1, true)]
    public void Examine_WithoutAPast_GoesByTheLossOfChance(double loss, bool? alarm) =>
        Assert.Equal(alarm, detector.Examine([], Looks.At(1, loss: loss))?.IsAlarm);

    [Fact]
    public void Examine_AJumpAboveTheSpread_IsASign()
    {
        // 0.2 and 0.4 in turn: median 0.3, median deviation 0.1, spread 0.1483, so the bar is 1.486.
        var looks = Enumerable.Range(1, 8).Select(k => Looks.At(k, loss: k % 2 == 0 ? 0.2 : 0.4)).ToList();

        Assert.Null(detector.Examine(looks, Looks.At(9, loss: 1.48)));
        Assert.False(detector.Examine(looks, Looks.At(9, loss: 1.49))!.IsAlarm);
    }

    [Fact]
    public void Examine_AfterASeriesWithoutAnySpread_AllowsRipples()
    {
        // The least spread is 0.05 of max(1.2, 1): 0.06, so the bar is 1.2 + 8 * 0.06 = 1.68.
        Assert.Null(detector.Examine(Looks.Calm(8), Looks.At(9, loss: 1.67)));
        Assert.NotNull(detector.Examine(Looks.Calm(8), Looks.At(9, loss: 1.69)));
    }

    [Fact]
    public void Examine_AFall_IsNoJump() =>
        Assert.Null(detector.Examine(Looks.Calm(8), Looks.At(9, loss: -50)));

    [Fact]
    public void Examine_OfALossThatChanceSaysNothingOf_GoesByTheSpreadAlone()
    {
        var wasserstein = new LossDetector(0);
        var looks = Enumerable.Range(1, 8).Select(k => Looks.At(k, loss: -20 - k)).ToList();

        Assert.Null(wasserstein.Examine([], Looks.At(1, loss: 400)));
        Assert.Null(wasserstein.Examine(looks, Looks.At(9, loss: -18)));
        // Median -24.5, median deviation 2, spread 2.965: the bar is -0.78.
        Assert.NotNull(wasserstein.Examine(looks, Looks.At(9, loss: -0.7)));
    }
}
