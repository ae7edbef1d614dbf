using Atelier.Data.Decoding;
using Atelier.Data.Resizing;
using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Packing;

public sealed class DatasetPackerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Pack_IdxFolder_HoldsPaddedImagesLabelsAndSplits()
    {
        IdxMaker.WriteFolder(folder, "fashion");
        var report = Pack("fashion", new PackOptions { Size = 4 });
        using var dataset = PackedDataset.Open(folder["out.atl"]);

        // 3 rows of 2 in a square of 4: one column of zeros on each side, one row of zeros below.
        Assert.Equal([0, 81, 82, 0, 0, 83, 84, 0, 0, 85, 86, 0, 0, 0, 0, 0], dataset.Image(8).ToArray());
        Assert.Equal([4, 5, 6, 7, 8, 9, 0, 1, 2, 3], dataset.Labels.ToArray());
        Assert.Equal([("train", 0, 7), ("test", 7, 3)],
            dataset.Splits.Select(s => (s.Name, s.Start, s.Count)));
        Assert.Equal([2, 3], dataset.Split("test").Labels[1..].ToArray());
        Assert.Equal(("pad", 10, 1, "Coat", 1), (report.Info.Resizer, report.Info.Count, report.Info.Channels,
            report.Info.Classes[4].Name, report.Info.Classes[4].Count));
        dataset.Verify();
    }

    [Fact]
    public void Pack_ColourFolder_HoldsPlanesOfTheSquareCut()
    {
        folder.Write("src/a/1.webp", Golden.Read("lossless.webp"));
        Pack("src", new PackOptions { Size = 14 });
        using var dataset = PackedDataset.Open(folder["out.atl"]);
        var picture = Golden.Picture();

        for (var i = 0; i < dataset.ImageBytes; i++)
        {
            var (channel, y, x) = (i / 196, i / 14 % 14, i % 14);
            Assert.Equal(picture[(((y * 20) + x + 3) * 3) + channel], dataset.Image(0)[i]);
        }

        Assert.Equal("area", dataset.Resizer);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Pack_OtherThreadCount_GivesTheSameBytes(bool skipBad)
    {
        for (var i = 0; i < 90; i++)
            folder.Write($"src/{i % 3}/{i}.png",
                PngMaker.Solid(9 + (i % 4), 7 + (i % 5), (byte)i, (byte)(2 * i), 7));
        if (skipBad)
            folder.Write("src/1/bad.png", "text"u8.ToArray());

        Pack("src", new PackOptions { Size = 6, Threads = 1, SkipBad = skipBad,
            Filter = ResizeFilter.Lanczos }, "one.atl");
        Pack("src", new PackOptions { Size = 6, Threads = 4, SkipBad = skipBad,
            Filter = ResizeFilter.Lanczos }, "four.atl");

        Assert.Equal(File.ReadAllBytes(folder["one.atl"]), File.ReadAllBytes(folder["four.atl"]));
    }

    [Fact]
    public void Pack_ManyFaults_ListsAllOfThemAndWritesNothing()
    {
        WriteFaultyFolder();

        var failure = Assert.Throws<OffendersException>(() => Pack("src", new PackOptions()));

        Assert.Equal(FailureKind.Dataset, failure.Kind);
        (string Name, string Reason)[] expected =
        [
            ("a/12bit.jpg", "a 12-bit JPEG"), ("a/alpha.png", "--on-alpha"),
            ("a/animated.webp", "an animated WebP"), ("a/bomb.png", "50000x50000"),
            ("a/cut.jpg", "a truncated JPEG"),
            ("a/grey.png", "--on-grey rgb"), ("a/text.png", "not an image (starts with text)"),
        ];
        Assert.Equal(expected.Length + 1, failure.Offenders.Count);
        foreach (var (name, reason) in expected)
            Assert.Contains(reason, failure.Offenders.Single(o => o.Name == name).Reason,
                StringComparison.Ordinal);
        Assert.Equal(new Offender("empty/", "an empty class folder"), failure.Offenders[0]);
        Assert.Contains("8 entries cannot be used", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["src"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Pack_OneCutImageAmongGood_WritesNothing()
    {
        folder.Write("src/a/1.jpg", Golden.Read("rgb.jpg"));
        folder.Write("src/a/2.jpg", Golden.Read("rgb.jpg")[..700]);

        var failure = Assert.Throws<OffendersException>(() => Pack("src", new PackOptions()));

        Assert.Contains("a/2.jpg: a truncated JPEG", failure.Message, StringComparison.Ordinal);
        Assert.Contains("--skip-bad", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["src"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Pack_SkipBad_LeavesThemOutAndRecordsHowMany()
    {
        WriteFaultyFolder();
        Directory.Delete(folder["src/empty"]);

        var report = Pack("src", new PackOptions { Size = 8, SkipBad = true });

        Assert.Equal((7, 2, 7), (report.Skipped.Count, report.Info.Count, report.Info.Skipped));
        using var dataset = PackedDataset.Open(folder["out.atl"]);
        dataset.Verify();
        Assert.Equal(7, dataset.Info().Skipped);
    }

    [Fact]
    public void Pack_SkipBadThatEmptiesAClass_IsRefused()
    {
        folder.Write("src/a/1.png", PngMaker.Solid(4, 4, 1, 2, 3));
        folder.Write("src/b/1.png", "text"u8.ToArray());

        var failure = Assert.Throws<AtelierException>(() => Pack("src", new PackOptions { SkipBad = true }));

        Assert.Contains("no usable image is left in class 'b'", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["out.atl"]));
    }

    [Fact]
    public void Pack_MixtureWithRules_TakesEverythingAsColour()
    {
        folder.Write("src/a/1.png", PngMaker.Grey(4, 4, 9));
        folder.Write("src/a/2.webp", Golden.Read("alpha.webp"));
        var policy = new ImagePolicy(GreyRule.Rgb, AlphaRule.White);

        var report = Pack("src", new PackOptions { Size = 4, Policy = policy });

        Assert.Equal((2, 3), (report.Info.Count, report.Info.Channels));
    }

    [Fact]
    public void Pack_OneSplit_HasTheHashThatItHasAmongOthers()
    {
        IdxMaker.WriteFolder(folder, "idx");
        var both = Pack("idx", new PackOptions { Size = 4 }).Info;
        var test = Pack("idx", new PackOptions { Size = 4, Splits = ["test"] }, "test.atl").Info;

        Assert.Equal(3, test.Count);
        Assert.Equal(both.Splits[1].ContentHash, test.Splits[0].ContentHash);
        Assert.NotEqual(both.ContentHash, test.ContentHash);
        Assert.Equal(FailureKind.Usage, Assert.Throws<AtelierException>(
            () => Pack("idx", new PackOptions { Splits = ["val"] })).Kind);
    }

    [Fact]
    public void Pack_Cancelled_LeavesTheOldFileAndWhatTheNextCallGoesOnFrom()
    {
        folder.Write("src/a/1.png", PngMaker.Solid(4, 4, 1, 2, 3));
        folder.Write("out.atl", "old"u8.ToArray());
        using var stop = new CancellationTokenSource();
        var progress = new Callback(step => stop.Cancel());

        using var source = DatasetOpener.OpenSource(folder["src"]);
        Assert.ThrowsAny<OperationCanceledException>(
            () => DatasetPacker.Pack(source, folder["out.atl"], new PackOptions(), progress, stop.Token));

        Assert.Equal("old", File.ReadAllText(folder["out.atl"]));
        Assert.Equal(["out.atl", "out.atl.partial", "src"],
            Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Pack_PackedFile_ResizesItAgain()
    {
        folder.Write("src/a/1.png", PngMaker.Solid(8, 8, 1, 200, 3));
        Pack("src", new PackOptions { Size = 8 }, "eight.atl");

        var report = Pack("eight.atl", new PackOptions { Size = 2 });
        using var dataset = PackedDataset.Open(report.Info.Path);

        Assert.Equal([1, 1, 1, 1, 200, 200, 200, 200, 3, 3, 3, 3], dataset.Image(0).ToArray());
    }

    private PackReport Pack(string source, PackOptions options, string output = "out.atl")
    {
        using var opened = DatasetOpener.OpenSource(folder[source]);
        return DatasetPacker.Pack(opened, folder[output], options);
    }

    private void WriteFaultyFolder()
    {
        folder.Make("src/empty");
        folder.Write("src/a/good.jpg", Golden.Read("rgb.jpg"));
        folder.Write("src/a/good.png", PngMaker.Solid(9, 9, 1, 2, 3));
        folder.Write("src/a/cut.jpg", Golden.Read("rgb.jpg")[..700]);
        folder.Write("src/a/text.png", "this is no image"u8.ToArray());
        folder.Write("src/a/animated.webp", Golden.Read("animated.webp"));
        folder.Write("src/a/12bit.jpg", JpegSurgery.WithFrameByte(Golden.Read("rgb.jpg"), 4, 12));
        folder.Write("src/a/grey.png", PngMaker.Grey(3, 3, 9));
        folder.Write("src/a/alpha.png", new PngMaker(2, 2, 8, 6, (x, y, c) => x + y + c).Make());
        folder.Write("src/a/bomb.png", PngMaker.Bomb(50_000, 50_000));
    }

    private sealed class Callback(Action<PackProgress> action) : IProgress<PackProgress>
    {
        public void Report(PackProgress value) => action(value);
    }
}
