using Atelier.Data.Charts;

namespace Atelier.Data.Tests.Charts;

public sealed class ChartAxisTests
{
    [Fact]
    public void Ticks_OfALinearAxis_AreRoundNumbersInsideTheRange()
    {
        var axis = new ChartAxis([3, 17.2, 9]);

        Assert.Equal(["5", "10", "15"], axis.Ticks.Select(static t => t.Text));
        Assert.All(axis.Ticks, tick => Assert.InRange(axis.Place(tick.Value), 0, 1));
    }

    [Fact]
    public void Ticks_OfSmallNumbers_ShowTheDigitsThatTellThemApart() => Assert.Equal(
        ["0.118", "0.120", "0.122", "0.124", "0.126"],
        new ChartAxis([0.1185, 0.126]).Ticks.Select(static t => t.Text));

    [Fact]
    public void Ticks_OfALogarithmicAxis_AreOnesTwosAndFives() => Assert.Equal(
        ["0.2", "0.5", "1", "2", "5", "10", "20"],
        new ChartAxis([0.2, 25], isLogarithmic: true).Ticks.Select(static t => t.Text));

    [Fact]
    public void Place_OfALogarithmicAxis_IsEvenInRatios()
    {
        var axis = new ChartAxis([1, 1000], isLogarithmic: true);

        Assert.Equal(axis.Place(10) - axis.Place(1), axis.Place(1000) - axis.Place(100), 1e-12);
    }

    [Fact]
    public void Place_OfAnAxisFromZero_PutsZeroAtItsEnd() =>
        Assert.Equal(0, new ChartAxis([30, 70], fromZero: true).Place(0), 1e-12);

    [Fact]
    public void Ticks_OfOneNumber_StillSpanARange()
    {
        var axis = new ChartAxis([5]);

        Assert.Equal(0.5, axis.Place(5), 1e-12);
        Assert.NotEmpty(axis.Ticks);
    }

    [Theory]
    [InlineData(false, double.NaN)]
    [InlineData(false, double.PositiveInfinity)]
    [InlineData(true, 0)]
    public void Axis_OfWhatItCannotShow_IsRefused(bool isLogarithmic, double value) =>
        Assert.Throws<AtelierException>(() => new ChartAxis([1, value], isLogarithmic: isLogarithmic));
}
