using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Sources;

public sealed class ClassFolderSourceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Files_AnyOrderOnDisk_AreOrdinalByClassAndName()
    {
        foreach (var name in new[] { "b/2.png", "b/10.png", "a/z.png", "B/x.png" })
            folder.Write(name, PngMaker.Grey(1, 1, 1));
        using var source = new ClassFolderSource(folder.Path);

        Assert.Equal(["B", "a", "b"], source.ClassNames);
        Assert.Equal(["B/x.png", "a/z.png", "b/10.png", "b/2.png"],
            Enumerable.Range(0, 4).Select(source.NameOf));
        Assert.Equal([0, 1, 2, 2], Enumerable.Range(0, 4).Select(source.LabelOf));
        Assert.Equal([new SourceSplit("train", 0, 4)], source.Splits);
    }

    [Fact]
    public void Splits_TrainAndTestFolders_ShareTheClasses()
    {
        foreach (var name in new[] { "test/dog/1.png", "train/cat/1.png", "train/dog/1.png",
            "train/dog/2.png" })
            folder.Write(name, PngMaker.Grey(1, 1, 1));
        using var source = new ClassFolderSource(folder.Path);

        Assert.Equal([new SourceSplit("train", 0, 3), new SourceSplit("test", 3, 1)], source.Splits);
        Assert.Equal([0, 1, 1, 1], Enumerable.Range(0, 4).Select(source.LabelOf));
        Assert.Empty(source.StructuralOffenders);
    }

    [Fact]
    public void Files_TrainAndTestAsClassNames_AreClassesWhenTheyHoldImages()
    {
        folder.Write("train/1.png", PngMaker.Grey(1, 1, 1));
        folder.Write("plane/1.png", PngMaker.Grey(1, 1, 1));
        using var source = new ClassFolderSource(folder.Path);

        Assert.Equal(["plane", "train"], source.ClassNames);
    }

    [Fact]
    public void Files_HiddenOrPlainlyNoImages_AreIgnored()
    {
        foreach (var name in new[] { "a/.DS_Store", "a/Thumbs.db", "a/README", "a/.hidden.png", ".git/x.png",
            "README.md" })
            folder.Write(name, "text"u8.ToArray());
        folder.Write("a/photo", PngMaker.Grey(1, 1, 1));
        folder.Write("a/text.png", "text"u8.ToArray());
        using var source = new ClassFolderSource(folder.Path);

        Assert.Equal(["a/photo", "a/text.png"], Enumerable.Range(0, source.Count).Select(source.NameOf));
        Assert.Equal(3, source.IgnoredFiles);
        Assert.Empty(source.StructuralOffenders);
    }

    [Fact]
    public void Structure_EveryFault_IsListed()
    {
        folder.Make("train/empty");
        folder.Write("train/a/inner/1.png", PngMaker.Grey(1, 1, 1));
        folder.Write("train/a/1.png", PngMaker.Grey(1, 1, 1));
        folder.Write("train/stray.png", PngMaker.Grey(1, 1, 1));
        folder.Write("test/only-here/1.png", PngMaker.Grey(1, 1, 1));
        folder.Write("extra/1.png", PngMaker.Grey(1, 1, 1));
        using var source = new ClassFolderSource(folder.Path);

        Assert.Equal(["extra/", "train/a/inner/", "train/empty/", "train/only-here/", "train/stray.png"],
            source.StructuralOffenders.Select(offender => offender.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Header_BehindALongChunk_IsFoundWithTheWholeFile()
    {
        // A JPEG comment of 60,000 bytes, twice, moves the frame header beyond the first 64 KiB.
        var jpeg = Golden.Read("rgb.jpg");
        byte[] comment = [0xFF, 0xFE, 0xEA, 0x62, .. new byte[60_000]];
        folder.Write("a/1.jpg", [.. jpeg[..2], .. comment, .. comment, .. jpeg[2..]]);
        using var source = new ClassFolderSource(folder.Path);

        Assert.Equal((20, 14), (source.ReadHeader(0).Width, source.ReadHeader(0).Height));
    }
}
