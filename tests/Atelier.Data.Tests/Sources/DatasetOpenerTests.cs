using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Sources;

public sealed class DatasetOpenerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Identify_EachKind_IsTold()
    {
        IdxMaker.WriteFolder(folder, "idx");
        folder.Write("classes/a/1.png", PngMaker.Grey(3, 3, 1));
        using (var source = DatasetOpener.OpenSource(folder["idx"]))
            DatasetPacker.Pack(source, folder["x.atl"], new PackOptions { Size = 4 });

        Assert.Equal(DatasetKind.IdxFolder, DatasetOpener.Identify(folder["idx"]));
        Assert.Equal(DatasetKind.ClassFolders, DatasetOpener.Identify(folder["classes"]));
        Assert.Equal(DatasetKind.Packed, DatasetOpener.Identify(folder["x.atl"]));
    }

    [Theory]
    [InlineData("missing", "does not exist")]
    [InlineData("empty", "is an empty folder")]
    [InlineData("texts", "is a folder with 2 files, and none of them is an image")]
    [InlineData("flat/1.png", "is a single image")]
    [InlineData("flat/t10k", "is a single IDX file")]
    [InlineData("other/x.txt", "is a file, but no dataset of a known form")]
    public void Identify_NothingUsable_SaysWhatItIsAndWhatIsAccepted(string name, string expected)
    {
        folder.Make("empty");
        folder.Write("flat/1.png", PngMaker.Grey(1, 1, 1));
        folder.Write("flat/t10k", IdxMaker.Make([1], 1));
        folder.Write("texts/a.txt", "text"u8.ToArray());
        folder.Write("texts/b.txt", "text"u8.ToArray());
        folder.Write("other/x.txt", "text"u8.ToArray());

        var failure = Assert.Throws<AtelierException>(() => DatasetOpener.Identify(folder[name]));

        Assert.Equal(FailureKind.Dataset, failure.Kind);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains("Accepted are a packed dataset", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenOrPack_SourceThenFile_GivesTheSameImages()
    {
        IdxMaker.WriteFolder(folder, "idx");
        using var packed = DatasetOpener.OpenOrPack(folder["idx"], folder["x.atl"],
            new PackOptions { Size = 4 });
        using var again = DatasetOpener.OpenOrPack(folder["x.atl"], folder["unused.atl"],
            new PackOptions { Size = 9 });

        Assert.Equal(packed.ContentHash, again.ContentHash);
        Assert.False(File.Exists(folder["unused.atl"]));
    }
}
