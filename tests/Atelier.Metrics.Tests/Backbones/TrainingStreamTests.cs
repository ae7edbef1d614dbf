namespace Atelier.Metrics.Tests;

public sealed class TrainingStreamTests
{
    private static readonly byte[] Picture = [1, 2, 3, 4, 5, 6, 7, 8, 9];

    public static TheoryData<bool, int, int, byte[]> Placements => new()
    {
        { false, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8, 9] },
        { true, 0, 0, [3, 2, 1, 6, 5, 4, 9, 8, 7] },
        { false, 1, 0, [0, 1, 2, 0, 4, 5, 0, 7, 8] },
        { false, -1, 2, [0, 0, 0, 0, 0, 0, 2, 3, 0] },
        { true, 2, -1, [0, 0, 6, 0, 0, 9, 0, 0, 0] },
        { true, -4, 0, [0, 0, 0, 0, 0, 0, 0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Placements))]
    public void Place_MirrorsThenShifts(bool flips, int dx, int dy, byte[] expected)
    {
        var target = new byte[9];
        target.AsSpan().Fill(77);

        TrainingStream.Place(Picture, target, 3, flips, dx, dy);

        Assert.Equal(expected, target);
    }

    [Fact]
    public void Place_OfTwoChannels_KeepsThemApart()
    {
        var target = new byte[8];

        TrainingStream.Place([1, 2, 3, 4, 10, 20, 30, 40], target, 2, false, 0, 1);

        Assert.Equal([0, 0, 1, 2, 0, 0, 10, 20], target);
    }

    public static TheoryData<int, int, int, byte[]> Covers => new()
    {
        { 1, 1, 2, [1, 2, 3, 4, 5, 6, 7, 128, 9] },
        { 2, 2, 1, [1, 128, 128, 4, 128, 128, 7, 8, 9] },
        { 3, 0, 0, [128, 128, 3, 128, 128, 6, 7, 8, 9] },
        { 8, 1, 1, [128, 128, 128, 128, 128, 128, 128, 128, 128] },
    };

    [Theory]
    [MemberData(nameof(Covers))]
    public void Cover_GreysASquareAroundAPlaceWithinTheImage(int side, int x, int y, byte[] expected)
    {
        byte[] target = [.. Picture, .. Picture];

        TrainingStream.Cover(target, 3, side, x, y);

        Assert.Equal([.. expected, .. expected], target);
    }

    public static TheoryData<bool, int, int, byte[]> Reflections => new()
    {
        { false, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8, 9] },
        { false, 1, 0, [2, 1, 2, 5, 4, 5, 8, 7, 8] },
        { false, -1, 2, [8, 9, 8, 5, 6, 5, 2, 3, 2] },
        { true, 2, -1, [4, 5, 6, 7, 8, 9, 4, 5, 6] },
    };

    [Theory]
    [MemberData(nameof(Reflections))]
    public void PlaceReflected_MirrorsThenShiftsAndFillsFromWithin(
        bool flips, int dx, int dy, byte[] expected)
    {
        var target = new byte[9];

        TrainingStream.PlaceReflected(Picture, target, 3, flips, dx, dy);

        Assert.Equal(expected, target);
    }

    [Fact]
    public void PlaceReflected_OfTwoChannels_KeepsThemApart()
    {
        var target = new byte[8];

        TrainingStream.PlaceReflected([1, 2, 3, 4, 10, 20, 30, 40], target, 2, false, 0, 1);

        Assert.Equal([3, 4, 1, 2, 30, 40, 10, 20], target);
    }

    [Fact]
    public void Next_WithAlternatingMirrors_ShowsEveryImageBothWaysInTwoPasses()
    {
        var stream = new TrainingStream(
            new MadeImages(12, seed: 1), new BackboneOptions { FlipsAlternate = true, ShiftPixels = 0 }, 4);
        var passes = new List<HashSet<string>>();
        for (var pass = 0; pass < 3; pass++)
        {
            passes.Add([]);
            for (var step = 0; step < stream.BatchesPerEpoch; step++)
            {
                stream.Next();
                for (var n = 0; n < 4; n++)
                    passes[pass].Add(Convert.ToHexString(stream.Pixels.AsSpan(n * 144, 144)));
            }
        }

        Assert.Empty(passes[0].Intersect(passes[1], StringComparer.Ordinal));
        Assert.Equal(24, passes[0].Union(passes[1], StringComparer.Ordinal).Count());
        Assert.True(passes[0].SetEquals(passes[2]));
        // By lot, some are mirrored at first and some are not.
        var upright = new HashSet<string>(StringComparer.Ordinal);
        for (var n = 0; n < 12; n++)
            upright.Add(Convert.ToHexString(ImageFeeds.Of(new MadeImages(12, seed: 1))(n, 1).Images.Span));
        Assert.InRange(passes[0].Intersect(upright, StringComparer.Ordinal).Count(), 1, 11);
    }

    [Fact]
    public void Next_OverOnePass_ShowsEveryImageOnce()
    {
        var images = new MadeImages(12, seed: 1);
        var stream = new TrainingStream(images, new BackboneOptions { Flips = false, ShiftPixels = 0 }, 4);
        var seen = new List<string>();

        for (var step = 0; step < stream.BatchesPerEpoch; step++)
        {
            stream.Next();
            for (var n = 0; n < 4; n++) seen.Add(Convert.ToHexString(stream.Pixels.AsSpan(n * 144, 144)));
        }

        Assert.Equal(12, seen.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Next_OfEqualSeeds_IsEqualAndOfOthersIsNot()
    {
        var first = Batches(seed: 4);

        Assert.Equal(first, Batches(seed: 4));
        Assert.NotEqual(first, Batches(seed: 5));
    }

    private static string Batches(ulong seed)
    {
        var stream = new TrainingStream(new MadeImages(9, seed: 1), new BackboneOptions { Seed = seed }, 4);
        var all = "";
        for (var step = 0; step < 5; step++)
        {
            stream.Next();
            all += Convert.ToHexString(stream.Pixels) + string.Join(',', stream.Labels);
        }

        return all;
    }
}
