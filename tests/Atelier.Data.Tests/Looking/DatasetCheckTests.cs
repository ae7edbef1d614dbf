using Atelier.Data.Decoding;
using Atelier.Data.Pictures;
using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Looking;

public sealed class DatasetCheckTests : IDisposable
{
    private static readonly CheckOptions Options = new() { LeastOfClass = 2 };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Run_GoodDataset_FindsNothing()
    {
        var report = Check(Pack(Good()));

        Assert.True(report.Passed);
        Assert.All(report.Findings, finding => Assert.Equal(FindingSeverity.Ok, finding.Severity));
        Assert.Equal(["content", "images", "leak", "near-leak", "duplicates", "near-duplicates", "labels",
            "constant", "balance", "small-classes"], report.Findings.Select(finding => finding.Kind));
        Assert.Empty(report.Duplicates);
    }

    [Fact]
    public void Run_TestImageInTrain_IsALeakAndBad()
    {
        var report = Check(Pack(Good().Split("test", (Scenes.Make(2), 1), (Scenes.Make(9), 1))));

        Assert.False(report.Passed);
        Assert.Equal("images of test that are in train too: 1", Bad(report, "leak").Text);
        var group = Assert.Single(report.Duplicates);
        Assert.True(group is { Equal: true, Leaks: true, Disagrees: false });
        Assert.Equal([("train", 2), ("test", 4)], group.Images.Select(image => (image.Split, image.Index)));
    }

    [Fact]
    public void Run_TestImageLikeOneOfTrain_IsAWarning()
    {
        var report = Check(Pack(Good().Split("test",
            (Scenes.Noisy(Scenes.Make(3), 3, 1), 1), (Scenes.Make(9), 1))));

        Assert.True(report.Passed);
        Assert.Equal("images of test that look like images of train: 1", Warning(report, "near-leak").Text);
        Assert.Equal([3, 4], Assert.Single(report.Duplicates).Images.Select(image => image.Index));
    }

    [Fact]
    public void Run_EqualImagesOfTwoClasses_TellsSo()
    {
        var source = new MemorySource(["a", "b"]).Split("train", (Scenes.Make(0), 0), (Scenes.Make(1), 0),
            (Scenes.Make(2), 1), (Scenes.Make(0), 1), (Scenes.Make(0), 0));
        var report = Check(Pack(source));

        Assert.True(report.Passed);
        Assert.Equal("groups of equal images with more than one class: 1", Warning(report, "labels").Text);
        Assert.Equal("images that are equal to another one: 2, in 1 groups",
            Warning(report, "duplicates").Text);
    }

    [Fact]
    public void Run_ConstantImages_AreNamedAndNotCalledAlike()
    {
        var source = new MemorySource(["a"]).Split("train", (Scenes.Flat(10), 0),
            (Scenes.Noisy(Scenes.Flat(200), 3, 5), 0), (Scenes.Make(1), 0));
        var report = Check(Pack(source));

        Assert.Equal([0, 1], report.Constant.Select(image => image.Index));
        Assert.Equal(FindingSeverity.Warning, Warning(report, "constant").Severity);
        Assert.Empty(report.Duplicates);
    }

    [Fact]
    public void Run_SmallAndUnbalancedClasses_AreWarnings()
    {
        var source = new MemorySource(["many", "few"]).Split("train",
            [.. Enumerable.Range(0, 11).Select(i => ((RasterImage?)Scenes.Make(i), 0)),
            (Scenes.Make(50), 1)]);
        var report = Check(Pack(source));

        Assert.StartsWith("classes of train have 1 to 11 images", Warning(report, "balance").Text,
            StringComparison.Ordinal);
        Assert.Equal("classes of train with fewer than 2 images: 1, few 1",
            Warning(report, "small-classes").Text);
    }

    [Fact]
    public void Run_DamagedPixels_IsBad()
    {
        var path = Pack(Good());
        var bytes = File.ReadAllBytes(path);
        bytes[^7] ^= 1;
        File.WriteAllBytes(path, bytes);

        Assert.Contains("is damaged", Bad(Check(path), "content").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_FolderWithBadFiles_ListsAllOfThem()
    {
        foreach (var name in (string[])["a", "b"])
        {
            folder.Make("photos/" + name);
            for (var i = 0; i < 3; i++)
                PngWriter.Write(folder[$"photos/{name}/{i}.png"], Scenes.Make((7 * i) + name[0]));
        }

        PngWriter.Write(folder["photos/b/grey.png"], Scenes.Make(5, channels: 1));
        folder.Write("photos/a/text.png", "hello"u8.ToArray());
        var cut = File.ReadAllBytes(folder["photos/a/0.png"]);
        folder.Write("photos/a/cut.png", cut[..(cut.Length / 2)]);
        var report = Check(folder["photos"]);

        Assert.False(report.Passed);
        Assert.Equal("entries that cannot be used: 3 of 9", Bad(report, "images").Text);
        Assert.Equal(["a/cut.png", "a/text.png", "b/grey.png"],
            report.Offenders.Select(offender => offender.Name).Order());
        Assert.DoesNotContain(report.Findings, finding => finding.Kind == "content");
    }

    private static Finding Bad(DatasetCheckReport report, string kind)
        => report.Findings.Single(f => f.Kind == kind && f.Severity == FindingSeverity.Bad);

    private static Finding Warning(DatasetCheckReport report, string kind)
        => report.Findings.Single(f => f.Kind == kind && f.Severity == FindingSeverity.Warning);

    private static MemorySource Good() => new MemorySource(["a", "b"]).Split("train",
        (Scenes.Make(0), 0), (Scenes.Make(1), 0), (Scenes.Make(2), 1), (Scenes.Make(3), 1));

    private static DatasetCheckReport Check(string path) => DatasetCheck.Run(path, Options);

    private string Pack(ImageSource source)
    {
        DatasetPacker.Pack(source, folder["x.atl"], new PackOptions { Size = 48 });
        return folder["x.atl"];
    }
}
