using Atelier.Data.Resizing;
using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Sources;

public sealed class IdxTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_GoodFile_GivesSizesAndValues(bool gzip)
    {
        var file = IdxMaker.Make([1, 2, 3, 4, 5, 6], 1, 3, 2);

        var data = IdxReader.Read(folder.Write("x", gzip ? IdxMaker.Gzip(file) : file));

        Assert.Equal([1, 3, 2], data.Dimensions);
        Assert.Equal([1, 2, 3, 4, 5, 6], data.Bytes);
    }

    [Theory]
    [InlineData("000008", "too short for a header")]
    [InlineData("01000801000000020102", "two bytes that are not zero: 0100")]
    [InlineData("00000D01000000020102", "its type is 0x0D")]
    [InlineData("00000800", "it has 0 dimensions")]
    [InlineData("00000805", "it has 5 dimensions")]
    [InlineData("0000080100", "ends inside its header")]
    [InlineData("0000080100000000", "dimension 0 is 0")]
    [InlineData("00000801FFFFFFFF", "dimension 0 is 4294967295")]
    [InlineData("000008037FFFFFFF7FFFFFFF7FFFFFFF", "more than 2000000000 bytes")]
    [InlineData("00000801000000040102", "says 4 bytes, but the file can hold")]
    [InlineData("000008010000000B0102", "says 11 bytes, but the file can hold")]
    [InlineData("000008010000000201020300000000000000000000000000", "bytes follow after the 2")]
    public void Read_BadFile_IsRefusedWithTheReason(string hex, string expected)
    {
        var path = folder.Write("x", Convert.FromHexString(hex));
        if (hex == "00000801000000040102")
            expected = "ends after 2 of 4 bytes";

        var failure = Assert.Throws<AtelierException>(() => IdxReader.Read(path));

        Assert.Equal(FailureKind.Dataset, failure.Kind);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_GzipThatClaimsMoreThanDeflateCanHold_IsRefusedWithoutTheMemory()
    {
        var path = folder.Write("x.gz", IdxMaker.Gzip(Convert.FromHexString("0000080170000000")));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var failure = Assert.Throws<AtelierException>(() => IdxReader.Read(path));

        Assert.Contains("its header says 1879048192 bytes", failure.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void Read_GzipCutOrDamaged_IsRefused()
    {
        var file = IdxMaker.Gzip(IdxMaker.Make([.. Enumerable.Range(0, 600).Select(i => (byte)(i * i))],
            600));

        foreach (var length in new[] { 5, 20, 100, file.Length - 12 })
            Assert.Equal(FailureKind.Dataset, Fails(file[..length]));
        file[file.Length - 6] ^= 1;
        Assert.Equal(FailureKind.Dataset, Fails(file));
    }

    [Fact]
    public void Folder_WithBothSplits_ListsThemInOrder()
    {
        IdxMaker.WriteFolder(folder, "fashion-mnist");
        using var source = DatasetOpener.OpenSource(folder["fashion-mnist"]);

        Assert.Equal([new SourceSplit("train", 0, 7), new SourceSplit("test", 7, 3)], source.Splits);
        Assert.Equal([4, 5, 6, 7, 8, 9, 0, 1, 2, 3], Enumerable.Range(0, 10).Select(source.LabelOf));
        Assert.Equal([81, 82, 83, 84, 85, 86], source.Decode(8).Pixels);
        Assert.Equal((2, 3), (source.Decode(8).Width, source.Decode(8).Height));
        Assert.Equal("test image 1", source.NameOf(8));
        Assert.Equal((ResizeFit.Pad, ResizeFit.CentreCrop), (source.FitFor(3), source.FitFor(2)));
    }

    [Theory]
    [InlineData("Fashion-MNIST", null, "T-shirt/top", "Ankle boot")]
    [InlineData("digits", null, "0", "9")]
    [InlineData("digits", "fashion", "T-shirt/top", "Ankle boot")]
    public void Folder_ClassNames_FollowThePathOrTheHint(string name, string? hint, string first, string last)
    {
        IdxMaker.WriteFolder(folder, name);
        using var source = new IdxFolderSource(folder[name], hint);

        Assert.Equal((10, first, last),
            (source.ClassNames.Count, source.ClassNames[0], source.ClassNames[9]));
    }

    [Fact]
    public void Folder_LabelsOfAnotherCount_IsRefused()
    {
        IdxMaker.WriteFolder(folder, "digits");
        folder.Write("digits/train-labels-idx1-ubyte", IdxMaker.Make([1, 2], 2));

        var failure = Assert.Throws<AtelierException>(() => new IdxFolderSource(folder["digits"]));
        Assert.Contains("2 labels for 7 images", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_WithoutLabels_NamesTheMissingFile()
    {
        folder.Write("digits/t10k-images-idx3-ubyte", IdxMaker.Make(new byte[6], 1, 3, 2));

        var failure = Assert.Throws<AtelierException>(() => new IdxFolderSource(folder["digits"]));
        Assert.Contains("add t10k-labels-idx1-ubyte", failure.Message, StringComparison.Ordinal);
    }

    private FailureKind Fails(byte[] content)
        => Assert.Throws<AtelierException>(() => IdxReader.Read(folder.Write("x", content))).Kind;
}
