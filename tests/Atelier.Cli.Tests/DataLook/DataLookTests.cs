using System.Text.Json;
using Atelier.Cli.Application;
using Atelier.Cli.Tests.Support;
using Atelier.Data;
using Atelier.Data.Decoding;
using Atelier.Data.Pictures;

namespace Atelier.Cli.Tests.DataLook;

/// <summary><c>data info|check|stats|grid</c> on a folder of pictures and on what it is packed to.</summary>
public sealed class DataLookTests : IDisposable
{
    private readonly CommandLine line = new();

    public DataLookTests()
    {
        Draw("photos/train/cat", 1, 2, 3);
        Draw("photos/train/dog", 4, 5);
        Draw("photos/test/dog", 6);
    }

    public void Dispose() => line.Dispose();

    [Fact]
    public void Info_OfFilesAndOfTheirPack_CountsTheSame()
    {
        Assert.Equal(ExitCode.Ok, line.Run("data", "info", In("photos")));
        Assert.Contains("6 images, 2 classes, not packed", line.Out, StringComparison.Ordinal);
        Assert.Contains("formats: png 6; 0 grey, 0 with transparency", line.Out, StringComparison.Ordinal);
        Assert.Contains("sizes: 24 to 24 pixels wide, 16 to 16 high", line.Out, StringComparison.Ordinal);
        var classes = line.Out.Split('\n').Where(text => text.Contains("50.00%")).ToList();
        Assert.Equal(2, classes.Count);

        Assert.Equal(ExitCode.Ok, line.Run("data", "info", Packed()));
        Assert.Equal(classes, line.Out.Split('\n').Where(text => text.Contains("50.00%")));
        Assert.Contains("train: 5 images, content ", line.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Info_AsJson_IsOneDocument()
    {
        line.Run("data", "info", Packed(), "--json");
        using var packed = JsonDocument.Parse(line.Out);
        line.Run("data", "info", In("photos"), "--json");
        using var files = JsonDocument.Parse(line.Out);

        Assert.Equal((6, 1), (packed.RootElement.GetProperty("count").GetInt32(),
            packed.RootElement.GetProperty("shards").GetInt32()));
        Assert.Equal(6, files.RootElement.GetProperty("formats").GetProperty("png").GetInt32());
    }

    [Fact]
    public void Check_GoodFiles_ExitsWithZeroAndWithFourWhenStrict()
    {
        Assert.Equal(ExitCode.Ok, line.Run("data", "check", In("photos")));
        // Classes of two and three images are small.
        Assert.Contains("warning  small-classes", line.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Dataset, line.Run("data", "check", In("photos"), "--strict"));
    }

    [Fact]
    public void Check_LeakAndBadFile_ExitsWithFourAndNamesBoth()
    {
        File.Copy(In("photos/train/dog/5.png"), In("photos/test/dog/copy.png"));
        File.WriteAllText(In("photos/train/cat/broken.png"), "no picture");

        Assert.Equal(ExitCode.Dataset, line.Run("data", "check", In("photos")));

        Assert.Contains("bad      leak             images of test that are in train too: 1", line.Out,
            StringComparison.Ordinal);
        Assert.Contains("train train/dog/5.png (dog) = test test/dog/copy.png (dog)", line.Out,
            StringComparison.Ordinal);
        Assert.Contains("train/cat/broken.png: ", line.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Dataset, line.Run("data", "check", In("photos"), "--json", "--exact-only"));
        using var report = JsonDocument.Parse(line.Out);
        Assert.False(report.RootElement.GetProperty("passed").GetBoolean());
        Assert.Equal("Bad", report.RootElement.GetProperty("findings").EnumerateArray()
            .Single(f => f.GetProperty("kind").GetString() == "leak").GetProperty("severity").GetString());
        Assert.DoesNotContain("near-leak", line.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_BothWaysToLook_IsRefused()
        => Assert.Equal(ExitCode.Usage,
            line.Run("data", "check", In("photos"), "--exact-only", "--distance", "3"));

    [Fact]
    public void Stats_OfASplit_ShowsMeansAndDraws()
    {
        Assert.Equal(ExitCode.Ok,
            line.Run("data", "stats", In("photos"), "--split", "test", "-o", In("chart.png")));

        // One picture of 384 pixels of the value 60, one of them with a red of 61.
        Assert.Contains("red      60.003", line.Out, StringComparison.Ordinal);
        Assert.Equal(ImageFormat.Png, ImageSniffer.Identify(File.ReadAllBytes(In("chart.png"))));
        line.Run("data", "stats", In("photos"), "--json");
        using var report = JsonDocument.Parse(line.Out);
        Assert.Equal(256,
            report.RootElement.GetProperty("channels")[0].GetProperty("counts").GetArrayLength());
    }

    [Fact]
    public void Grid_OfAPackOfRectangles_IsAPictureOfThem()
    {
        Assert.Equal(ExitCode.Ok, line.Run("data", "grid", Packed(), "-o", In("sheet.png"),
            "--per-class", "2", "--classes", "1", "--json"));

        using var report = JsonDocument.Parse(line.Out);
        var row = Assert.Single(report.RootElement.GetProperty("rows").EnumerateArray());
        Assert.Equal("dog", row.GetProperty("name").GetString());
        Assert.Equal(2, row.GetProperty("images").GetArrayLength());
        Assert.True(new FileInfo(In("sheet.png")).Length > 100);
    }

    [Theory]
    [InlineData("--classes", "2")]
    [InlineData("--split", "val")]
    public void Grid_OfWhatIsNotThere_IsRefused(string option, string value)
        => Assert.Equal(ExitCode.Usage,
            line.Run("data", "grid", In("photos"), "-o", In("x.png"), option, value));

    [Fact]
    public void Grid_TooLarge_IsRefusedBeforeItIsDrawn()
        => Assert.Equal(ExitCode.Usage, line.Run("data", "grid", In("photos"), "-o", In("x.png"), "--classes",
            "0" + string.Concat(Enumerable.Repeat(",0", 300)), "--per-class", "100"));

    [Fact]
    public void Fetch_WithoutAName_ListsWhatThereIs()
    {
        Assert.Equal(ExitCode.Ok, line.Run("data", "fetch"));
        Assert.Contains("fashion-mnist", line.Out, StringComparison.Ordinal);
        line.Run("data", "fetch", "--json");
        using var report = JsonDocument.Parse(line.Out);
        Assert.Contains(report.RootElement.GetProperty("datasets").EnumerateArray(),
            set => set.GetProperty("name").GetString() == "cifar10");
    }

    [Fact]
    public void Fetch_NobodyListens_SaysWhereToPutTheFile()
    {
        // Port 9 of the loopback device: refused at once, and nothing outside is asked.
        var code = line.With("XDG_CACHE_HOME", In("cache"))
            .Run("data", "fetch", "cifar10", "--mirror", "http://127.0.0.1:9/x");

        Assert.Equal(ExitCode.Other, code);
        Assert.Contains("http://127.0.0.1:9/x/cifar-10-binary.tar.gz could not be fetched", line.Error,
            StringComparison.Ordinal);
        Assert.Contains(
            $"put it at '{In("cache/atelier/datasets/cifar10/cifar-10-binary.tar.gz")}'", line.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Fetch_WrongFileThere_ExitsWithFour()
    {
        Directory.CreateDirectory(In("here"));
        File.WriteAllText(In("here/cifar-10-binary.tar.gz"), "a page of a captive portal");

        Assert.Equal(ExitCode.Dataset, line.Run("data", "fetch", "cifar10", "--to", In("here"), "--mirror",
            "http://127.0.0.1:9/"));
        Assert.Contains("expected 170052171", line.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Fetch_UnknownNameOrAddress_IsRefused()
    {
        Assert.Equal(ExitCode.Usage, line.Run("data", "fetch", "cifar12"));
        Assert.Contains("Did you mean", line.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, line.Run("data", "fetch", "cifar10", "--mirror", "ftp://x/"));
    }

    private string In(string name) => Path.Combine(line.Folder.Path, name);

    /// <summary>24x16 pictures of ten times a value, with three pixels that differ.</summary>
    private void Draw(string folder, params int[] values)
    {
        Directory.CreateDirectory(In(folder));
        foreach (var value in values)
        {
            var pixels = Enumerable.Repeat((byte)(10 * value), 24 * 16 * 3).ToArray();
            (pixels[0], pixels[4], pixels[8]) =
                ((byte)((10 * value) + 1), (byte)((10 * value) + 2), (byte)((10 * value) + 3));
            PngWriter.Write(In($"{folder}/{value}.png"), new RasterImage(24, 16, 3, pixels));
        }
    }

    private string Packed()
    {
        using var source = DatasetOpener.OpenSource(In("photos"));
        DatasetPacker.Pack(source, In("photos.atl"),
            new PackOptions { Size = new ImageSize(24, 16) });
        return In("photos.atl");
    }
}
