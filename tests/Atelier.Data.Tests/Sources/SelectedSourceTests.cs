using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Sources;

public sealed class SelectedSourceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public SelectedSourceTests()
    {
        foreach (var (name, count) in new[] { ("ant", 10), ("bee", 21), ("cat", 4) })
        {
            for (var i = 0; i < count; i++)
                folder.Write($"src/{name}/{i:00}.png", PngMaker.Solid(2, 2, (byte)i, 1, 2));
        }
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Classes_Subset_HasNewLabelsInTheOrderAsked()
    {
        using var source = Select(new SourceSelection { Classes = ["cat", "ant"] });

        Assert.Equal(["cat", "ant"], source.ClassNames);
        Assert.Equal(14, source.Count);
        Assert.Equal([0, 0, 0, 0, 1], Enumerable.Range(0, 5).Select(source.LabelOf));
        Assert.Equal("cat/00.png", source.NameOf(0));
        Assert.Equal("ant/09.png", source.NameOf(13));
    }

    [Theory]
    [InlineData("bea", "has no class 'bea'. Did you mean 'bee'?")]
    [InlineData("ant", "names 'ant' twice")]
    public void Classes_Wrong_AreRefused(string second, string expected)
    {
        var failure = Assert.Throws<AtelierException>(
            () => Select(new SourceSelection { Classes = ["ant", second] }));

        Assert.Equal(FailureKind.Usage, failure.Kind);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MaxPerClass_DrawsBySeedAndKeepsTheOrder()
    {
        using var first = Select(new SourceSelection { MaxPerClass = 6, Seed = 1 });
        using var again = Select(new SourceSelection { MaxPerClass = 6, Seed = 1 });
        using var other = Select(new SourceSelection { MaxPerClass = 6, Seed = 2 });

        Assert.Equal([6, 6, 4], Counts(first, "train"));
        Assert.Equal(Names(first), Names(again));
        Assert.NotEqual(Names(first), Names(other));
        Assert.Equal(Names(first).Order(StringComparer.Ordinal), Names(first));
    }

    [Fact]
    public void HoldOut_TakesItsShareOfEveryClass()
    {
        using var source = Select(new SourceSelection { HoldOut = 0.2, Seed = 3 });

        Assert.Equal(["train", "val"], source.Splits.Select(split => split.Name));
        Assert.Equal([8, 17, 3], Counts(source, "train"));
        Assert.Equal([2, 4, 1], Counts(source, "val"));
        Assert.Equal(35, Names(source).Distinct().Count());
    }

    [Fact]
    public void HoldOut_NewImageInOneClass_LeavesTheOthersWhereTheyWere()
    {
        using var before = Select(new SourceSelection { HoldOut = 0.2 });
        var held = Held(before).Where(name => !name.StartsWith("cat", StringComparison.Ordinal)).ToList();
        folder.Write("src/cat/new.png", PngMaker.Solid(2, 2, 7, 1, 2));

        using var after = Select(new SourceSelection { HoldOut = 0.2 });

        Assert.Equal(held, Held(after).Where(name => !name.StartsWith("cat", StringComparison.Ordinal)));
    }

    [Fact]
    public void HoldOut_OfAClassWithOneImage_IsRefused()
    {
        folder.Write("src/dog/00.png", PngMaker.Solid(2, 2, 7, 1, 2));

        var failure = Assert.Throws<AtelierException>(() => Select(new SourceSelection { HoldOut = 0.5 }));

        Assert.Contains("class 'dog'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void HoldOut_SourceWithValidationImages_IsRefused()
    {
        foreach (var split in new[] { "train", "val" })
            folder.Write($"split/{split}/a/0.png", PngMaker.Solid(2, 2, 7, 1, 2));
        using var whole = DatasetOpener.OpenSource(folder["split"]);

        var failure = Assert.Throws<AtelierException>(
            () => new SelectedSource(whole, new SourceSelection { HoldOut = 0.5 }));

        Assert.Contains("has a split 'val' already", failure.Message, StringComparison.Ordinal);
    }

    private SelectedSource Select(SourceSelection selection)
        => new(DatasetOpener.OpenSource(folder["src"]), selection);

    private static List<string> Names(ImageSource source)
        => [.. Enumerable.Range(0, source.Count).Select(source.NameOf)];

    private static List<string> Held(ImageSource source)
    {
        var split = source.Splits.Single(split => split.Name == "val");
        return Names(source)[split.Start..(split.Start + split.Count)];
    }

    private static int[] Counts(ImageSource source, string name)
    {
        var split = source.Splits.Single(split => split.Name == name);
        var counts = new int[source.ClassNames.Count];
        for (var i = split.Start; i < split.Start + split.Count; i++)
            counts[source.LabelOf(i)]++;
        return counts;
    }
}
