using Atelier.Training.Ablation;
using Atelier.Training.Tests.Loop;

namespace Atelier.Training.Tests.Ablation;

public sealed class AblationRowTests
{
    [Fact]
    public void Spread_OfNumbers_IsTheirMeanAndSampleDeviation()
    {
        var spread = Spread.Of([2, 4, 9]);

        Assert.Equal(3, spread.Count);
        Assert.Equal(5, spread.Mean, 1e-12);
        Assert.Equal(Math.Sqrt((9 + 1 + 16) / 2.0), spread.Deviation!.Value, 1e-12);
        Assert.Null(Spread.Of([7]).Deviation);
        Assert.Equal(0, Spread.Of([]).Count);
    }

    // Deviations of sqrt 2 over two runs each: a standard error of sqrt 2, so 2.83 is the border.
    [Theory]
    [InlineData(12.9, 1, AblationVerdict.AsInThePaper)]
    [InlineData(12.9, -1, AblationVerdict.AgainstThePaper)]
    [InlineData(12.7, 1, AblationVerdict.WithinNoise)]
    [InlineData(7.1, -1, AblationVerdict.AsInThePaper)]
    public void Against_ComparesWithTwiceTheStandardError(
        double mean, double paper, AblationVerdict expected) => Assert.Equal(
        expected, Spread.Of([mean - 1, mean + 1]).Against(Spread.Of([9, 11]), paper));

    [Fact]
    public void Against_OfOneSeed_SaysNothing() => Assert.Equal(
        AblationVerdict.Unknown, Spread.Of([1]).Against(Spread.Of([9, 11]), -1));

    [Fact]
    public void Table_ComparesEachRowWithTheOneBeforeAndCountsFailures()
    {
        var variants = AblationPlan.Of(TinyRun.RecipeOf().Recipe, ["batch", "width"], false, 2);

        var table = AblationRow.Table(variants,
        [
            Cell("batch+width", 0, 5, 6), Cell("baseline", 1, 9.1, 2), Cell("batch", 1, 7.1, 2.1),
            Cell("baseline", 0, 9, 2.2), Cell("batch", 0, 7, 1), Cell("batch+width", 1, null, null),
        ]);

        Assert.Equal([0, 1], table[0].Cells.Select(static c => c.Seed));
        Assert.Equal(9.05, table[0].Fid.Mean, 1e-12);
        Assert.Equal(AblationVerdict.AsInThePaper, table[1].FidVerdict);
        Assert.Equal(AblationVerdict.WithinNoise, table[1].ScoreVerdict);
        Assert.Equal(1, table[2].Fid.Count);
        Assert.Equal(AblationVerdict.Unknown, table[2].FidVerdict);
    }

    private static AblationCell Cell(string variant, long seed, double? fid, double? score) => new()
    {
        Variant = variant, Seed = seed, RecipeSha256 = "r", DatasetHash = "d", Steps = 3,
        GeneratorParameters = 10, Fid = fid, Score = score, Failure = fid is null ? "NaN" : null,
    };
}
