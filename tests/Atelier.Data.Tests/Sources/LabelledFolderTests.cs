using System.Text;
using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Sources;

public sealed class LabelledFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Flat_WithoutLabels_IsOneClass()
    {
        Images("b.png", "a.png");
        Text("notes.txt", "x");

        Assert.Equal(DatasetKind.ImageFolder, DatasetOpener.Identify(folder["s"]));
        using var source = DatasetOpener.OpenSource(folder["s"]);
        Assert.Equal(["train all a.png 2x3", "train all b.png 2x3"], SourceText.Lines(source));
        Assert.Equal(1, source.IgnoredFiles);
    }

    [Fact]
    public void LabelsCsv_Names_BecomeClassesInOrdinalOrder()
    {
        Images("1.png", "2.png", "deep/3.png");
        Text("labels.csv", "file,label\r\n2.png,dog\n\"1.png\",\"cat, big\"\ndeep/3.png , dog\n\n");
        using var source = DatasetOpener.OpenSource(folder["s"]);

        Assert.Equal(["cat, big", "dog"], source.ClassNames);
        Assert.Equal(["train cat, big 1.png 2x3", "train dog 2.png 2x3", "train dog deep/3.png 2x3"],
            SourceText.Lines(source));
        Assert.Empty(source.StructuralOffenders);
    }

    [Fact]
    public void LabelsCsv_Numbers_AreTheLabels()
    {
        Images("1.png", "2.png");
        Text("labels.csv", "\uFEFF1.png,11\n2.png,2\n");
        using var source = DatasetOpener.OpenSource(folder["s"]);

        Assert.Equal(12, source.ClassNames.Count);
        Assert.Equal([2, 11], Enumerable.Range(0, 2).Select(source.LabelOf));
    }

    [Fact]
    public void LabelsCsv_EveryDisagreementWithTheFolder_IsListed()
    {
        Images("1.png", "2.png", "3.png");
        Text("labels.csv", "1.png,a\n1.png,b\ngone.png,a\n3.png,a\n");
        using var source = DatasetOpener.OpenSource(folder["s"]);

        Assert.Equal(
            ["2.png: labels.csv has no label for it",
                "labels.csv: line 2 names '1.png' a second time",
                "labels.csv: line 3 names 'gone.png', and there is no such file"],
            source.StructuralOffenders.Select(static each => $"{each.Name}: {each.Reason}")
                .Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("1.png", "has a line 1 that is not \"path,label\"")]
    [InlineData("1.png,a,b", "has a line 1")]
    [InlineData("1.png,\"a", "has a line 1")]
    [InlineData("1.png,a\n,b", "has a line 2")]
    [InlineData("file,label", "names no image")]
    [InlineData("1.png,100000", "at most 100000")]
    [InlineData("1.png,a\u0007b", "is no class name")]
    public void LabelsCsv_Broken_IsRefusedByItsLine(string text, string expected)
    {
        Images("1.png");
        Text("labels.csv", text);

        Assert.Contains(expected, Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void DatasetJson_OfStyleGan_GivesLabelsByPath()
    {
        Images("00000/img00000000.png", "00000/img00000001.png", "00001/img00001000.png");
        Text("dataset.json", """
            {"labels": [["00000/img00000000.png", 4], ["00001/img00001000.png", 0],
             ["00000/img00000001.png", 4]]}
            """);
        using var source = DatasetOpener.OpenSource(folder["s"]);

        Assert.Equal(["0", "1", "2", "3", "4"], source.ClassNames);
        Assert.Equal(["train 0 00001/img00001000.png 2x3", "train 4 00000/img00000000.png 2x3",
            "train 4 00000/img00000001.png 2x3"], SourceText.Lines(source));
    }

    [Fact]
    public void DatasetJson_OfNoLabels_IsOneClassThroughAllFolders()
    {
        Images("00000/img0.png", "00001/img1.png");
        Text("dataset.json", """{"labels": null}""");
        using var source = DatasetOpener.OpenSource(folder["s"]);

        Assert.Equal(["train all 00000/img0.png 2x3", "train all 00001/img1.png 2x3"],
            SourceText.Lines(source));
    }

    [Theory]
    [InlineData("{", "is no JSON")]
    [InlineData("{}", "has no key \"labels\"")]
    [InlineData("[]", "has no key \"labels\"")]
    [InlineData("""{"labels": 3}""", "neither null nor a list")]
    [InlineData("""{"labels": null, "labels": []}""", "is no JSON")]
    [InlineData("""{"labels": [["1.png", 0.5]]}""", "has a label 0 that is not")]
    [InlineData("""{"labels": [["1.png", 0], ["1.png"]]}""", "has a label 1 that is not")]
    [InlineData("""{"labels": [["1.png", [0, 1]]]}""", "has a label 0 that is not")]
    [InlineData("""{"labels": [["\ud800", 1]]}""", "no valid Unicode")]
    public void DatasetJson_Broken_IsRefused(string text, string expected)
    {
        Images("1.png");
        Text("dataset.json", text);

        Assert.Contains(expected, Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_AroundEverything_IsPassedThrough()
    {
        Images("outer/photos/cat/1.png", "outer/photos/dog/2.png");
        using var source = DatasetOpener.OpenSource(folder["s"]);

        Assert.Equal(["cat", "dog"], source.ClassNames);
    }

    [Fact]
    public void WebDataset_UnpackedIntoAFolder_TakesTheLabelsBesideTheImages()
    {
        Images("a.png", "b.png", "c.png");
        Text("a.cls", "7\n");
        Text("b.cls", "0");
        using var source = DatasetOpener.OpenSource(folder["s"]);

        Assert.Equal(["train 0 b.png 2x3", "train 7 a.png 2x3"], SourceText.Lines(source));
        Assert.Equal(new Offender("c.png", "there is no label beside it"),
            Assert.Single(source.StructuralOffenders));
    }

    private void Images(params string[] names)
    {
        foreach (var name in names)
            folder.Write("s/" + name, PngMaker.Grey(2, 3, 9));
    }

    private void Text(string name, string text) => folder.Write("s/" + name, Encoding.UTF8.GetBytes(text));

    private string Refusal()
    {
        var failure = Assert.Throws<AtelierException>(() => DatasetOpener.OpenSource(folder["s"]));
        Assert.Equal(FailureKind.Dataset, failure.Kind);
        return failure.Message;
    }
}
