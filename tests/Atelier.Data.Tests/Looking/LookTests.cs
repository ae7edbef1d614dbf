using Atelier.Data.Decoding;
using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Looking;

/// <summary>Statistics, contact sheets and surveys.</summary>
public sealed class LookTests
{
    private static readonly ImagePolicy Policy = new();

    [Fact]
    public void Statistics_OfKnownPixels_AreTheClosedForms()
    {
        // Red: 0, 10, 20, 30 and twice 50; class a has the first four.
        var source = new MemorySource(["a", "b", "empty"]).Split("train",
            (Rgb(2, [0, 10, 20, 30]), 0), (Rgb(1, [50, 50]), 1));
        var statistics = DatasetStatistics.Of("x", source, null, Policy);

        var red = statistics.Channels[0];
        Assert.Equal(("red", 0, 50, 2L), (red.Channel, red.Least, red.Most, red.Counts[50]));
        Assert.Equal(160 / 6.0, red.Mean, 12);
        // Mean of squares 6400 / 6.
        Assert.Equal(Math.Sqrt((6400 / 6.0) - (160 / 6.0 * (160 / 6.0))), red.Deviation, 12);
        Assert.Equal(256, red.Counts.Count);
        Assert.Equal(6, red.Counts.Sum());
        // Green is one more than red, blue always 7.
        Assert.Equal((27.6666666667, 7.0, 0.0), (Math.Round(statistics.Channels[1].Mean, 10),
            statistics.Channels[2].Mean, statistics.Channels[2].Deviation));
        Assert.Equal([15.0, 16.0, 7.0], statistics.Classes[0].Mean);
        Assert.Equal(Math.Sqrt(125), statistics.Classes[0].Deviation[0], 12);
        Assert.Equal((0, 0), (statistics.Classes[2].Count, statistics.Classes[2].Mean.Count));
    }

    [Fact]
    public void Statistics_OfOneSplitWithABadImage_CountsTheRestOfIt()
    {
        var source = new MemorySource(["a"]).Split("train", (Rgb(1, [1, 1]), 0))
            .Split("test", (Rgb(1, [9, 9]), 0), (null, 0));
        var statistics = DatasetStatistics.Of("x", source, "test", Policy);

        Assert.Equal((1, 1, 9.0), (statistics.Count, statistics.Skipped, statistics.Channels[0].Mean));
        Assert.Equal(["test"], statistics.Splits);
        Assert.Equal(FailureKind.Usage, Assert.Throws<AtelierException>(
            () => DatasetStatistics.Of("x", source, "val", Policy)).Kind);
    }

    [Fact]
    public void Sheet_OfSomeClasses_HasTheirImagesAndTheSameWhateverElseIsShown()
    {
        var source = Numbered(30);
        var (_, all) = ContactSheet.Draw(source, null, [0, 1, 2], 4, 8, 5, Policy);
        var (picture, one) = ContactSheet.Draw(source, null, [2], 4, 8, 5, Policy);

        Assert.Equal(all[2], one[0]);
        Assert.All(all.SelectMany((row, label) => row.Select(i => (i, label))),
            pair => Assert.Equal(pair.label, source.LabelOf(pair.i)));
        Assert.Equal(4, one[0].Distinct().Count());
        var (_, other) = ContactSheet.Draw(source, null, [2], 4, 8, 6, Policy);
        Assert.NotEqual(one[0], other[0]);
        // Each image is one value, which must be in the picture.
        Assert.All(one[0], index => Assert.Contains((byte)(index + 1), picture.Pixels));
    }

    [Fact]
    public void Sheet_BadAndMissingImages_LeavesRoom()
    {
        var source = new MemorySource(["a", "b"]).Split("train", (null, 0), (Scenes.Flat(3), 0), (null, 1));
        var (_, rows) = ContactSheet.Draw(source, "train", [0, 1], 3, 8, 1, Policy);

        Assert.Equal([1], rows[0]);
        Assert.Empty(rows[1]);
        Assert.Equal(FailureKind.Dataset, Assert.Throws<AtelierException>(
            () => ContactSheet.Draw(source, "train", [1], 3, 8, 1, Policy)).Kind);
        Assert.Equal(FailureKind.Usage, Assert.Throws<AtelierException>(
            () => ContactSheet.Draw(source, "train", [2], 3, 8, 1, Policy)).Kind);
    }

    [Fact]
    public void Survey_OfMixedImages_CountsHeaders()
    {
        var source = new MemorySource(["a", "b"]).Split("train", (Scenes.Flat(1, 8), 0),
            (Scenes.Flat(1, 20, 1), 0)).Split("test", (null, 1));
        var survey = SourceSurvey.Of("x", source);

        Assert.Equal((3, 1, 1, 8, 20), (survey.Count, survey.Unreadable, survey.Grey, survey.LeastWidth,
            survey.MostHeight));
        Assert.Equal([new ClassInfo(0, "a", 2), new ClassInfo(1, "b", 1)], survey.Classes);
        Assert.Equal(2, survey.Formats["raw"]);
        Assert.Equal([new SplitCount("train", 2), new SplitCount("test", 1)], survey.Splits);
    }

    private static MemorySource Numbered(int count) => new MemorySource(["a", "b", "c"]).Split("train",
        [.. Enumerable.Range(0, count).Select(i => ((RasterImage?)Scenes.Flat((byte)(i + 1), 8), i % 3))]);

    private static RasterImage Rgb(int width, byte[] reds) => new(width, reds.Length / width, 3,
        [.. reds.SelectMany(red => new byte[] { red, (byte)(red + 1), 7 })]);
}
