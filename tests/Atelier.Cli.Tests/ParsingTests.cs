using System.CommandLine;
using Atelier.Cli.Parsing;
using Atelier.Text;

namespace Atelier.Cli.Tests;

public sealed class ParsingTests
{
    [Theory]
    [InlineData("3", new[] { 3 })]
    [InlineData("0-2", new[] { 0, 1, 2 })]
    [InlineData("7,1-2,7", new[] { 7, 1, 2, 7 })]
    public void ClassList_WellFormed_KeepsOrderAndRepeats(string text, int[] expected)
    {
        Assert.Null(ClassList.TryParse(text, out var classes));
        Assert.Equal(expected, classes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1-2-3")]
    [InlineData("0-99999,0-99999")]
    [InlineData("2147483648")]
    public void ClassList_Malformed_SaysWhatWasExpected(string text) =>
        Assert.NotNull(ClassList.TryParse(text, out _));

    [Fact]
    public void Grid_RowsFirst_IsNotTransposed()
    {
        Assert.Null(GridSize.TryParse("10x8", out var size));
        Assert.Equal(new GridSize(Rows: 10, Columns: 8), size);
    }

    [Fact]
    public void Override_WithEqualsInItsValue_SplitsAtTheFirst()
    {
        Assert.Null(RecipeOverride.TryParse("a.b = c=d", out var parsed));
        Assert.Equal(("a.b", "c=d"), (parsed!.Key, parsed.Value));
    }

    [Fact]
    public void Overrides_FromAllThreePlaces_StandWeakestFirst()
    {
        var set = OverrideList.SetOption();
        var steps = Opt.Whole("--steps", "N", "steps");
        var command = new RootCommand { set, steps };
        var parse = command.Parse("--steps 9 --set training.steps=7 --set seed=1");

        var list = OverrideList.Of(
            parse, set, [(steps, "training.steps")], name => name == "ATELIER_STEPS" ? "5" : null);

        Assert.Equal(
            ["ATELIER_STEPS training.steps=5", "--set training.steps=7", "--set seed=1",
                "--steps training.steps=9"],
            list.Select(each => $"{each.Origin} {each.Key}={each.Value}"));
    }

    [Theory]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ab", "ba", 1)]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "", 3)]
    [InlineData("same", "same", 0)]
    [InlineData("ca", "abc", 3)]
    public void Distance_OfKnownPairs_IsTheOptimalAlignment(string left, string right, int edits) =>
        Assert.Equal(edits, Suggestion.Distance(left, right));

    [Theory]
    [InlineData("learnig_rate", "learning-rate")]
    [InlineData("DECAY", "decay")]
    [InlineData("precision.", "precision")]
    [InlineData("zzzzz", null)]
    [InlineData("q", null)]
    [InlineData("", null)]
    public void Closest_OfARealisticMistake_IsTheNameMeant(string word, string? meant)
    {
        string[] names = ["learning-rate", "decay", "precision", "batch", "ema"];

        Assert.Equal(meant is null ? [] : [meant], Suggestion.Closest(word, names));
    }
}
