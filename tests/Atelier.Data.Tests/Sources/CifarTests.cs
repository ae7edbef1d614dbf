using System.Globalization;
using System.Text;
using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Sources;

public sealed class CifarTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Ten_AsPublished_IsReadFromFolderAndArchive(bool isPython)
    {
        var files = isPython ? TenPython() : TenBinary();
        foreach (var (name, content) in files)
            folder.Write("s/" + name, content);
        var archive = folder.Write("x.tar.gz", IdxMaker.Gzip(TarMaker.Make(
            files.Select(static each => ("cifar-10/" + each.Name, each.Content)))));

        Assert.Equal(DatasetKind.Cifar, DatasetOpener.Identify(folder["s"]));
        foreach (var path in new[] { folder["s"], archive })
        {
            using var source = DatasetOpener.OpenSource(path);
            Assert.Equal([new SourceSplit("train", 0, 10), new SourceSplit("test", 10, 1)], source.Splits);
            Assert.Equal(["plane", "car", "bird"], source.ClassNames);
            Assert.Equal([0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 2], Enumerable.Range(0, 11).Select(source.LabelOf));
            Assert.Equal("0002FF", SourceText.FirstPixels(source)[2]);
            Assert.Equal("4D0000", Convert.ToHexString(source.Decode(2).Pixels.AsSpan(3, 3)));
            Assert.Equal("test image 0", source.NameOf(10));
        }
    }

    [Theory]
    [InlineData(true, null, 3, "c3")]
    [InlineData(true, LabelSet.Fine, 3, "c3")]
    [InlineData(true, LabelSet.Coarse, 1, "big")]
    [InlineData(false, null, 3, "c3")]
    [InlineData(false, LabelSet.Fine, 3, "c3")]
    [InlineData(false, LabelSet.Coarse, 1, "big")]
    public void Hundred_FineAndCoarseLabels_AreBothThere(
        bool isPython, LabelSet? labels, int label, string name)
    {
        var image = CifarMaker.Image(9, 8, 7);
        if (isPython)
        {
            var batch = CifarMaker.Pickle(image, ("fine_labels", [3]), ("coarse_labels", [1]));
            folder.Write("s/train", batch);
            folder.Write("s/test", batch);
            folder.Write("s/meta", CifarMaker.Names(
                ("fine_label_names", ["c0", "c1", "c2", "c3"]), ("coarse_label_names", ["small", "big"])));
        }
        else
        {
            folder.Write("s/train.bin", CifarMaker.Records(([1, 3], image)));
            folder.Write("s/test.bin", CifarMaker.Records(([1, 3], image)));
            folder.Write("s/fine_label_names.txt", "c0\nc1\nc2\nc3\n"u8.ToArray());
            folder.Write("s/coarse_label_names.txt", "small\nbig\n"u8.ToArray());
        }

        using var source = DatasetOpener.OpenSource(folder["s"], labels: labels);
        Assert.Equal((label, name, 2),
            (source.LabelOf(1), source.ClassNames[source.LabelOf(1)], source.Count));
        Assert.Equal(["090807", "090807"], SourceText.FirstPixels(source));
    }

    [Theory]
    [InlineData(LabelSet.Fine)]
    [InlineData(LabelSet.Coarse)]
    public void Labels_OfWhatHasOneAnImage_AreRefused(LabelSet labels)
    {
        foreach (var (name, content) in TenBinary())
            folder.Write("s/" + name, content);
        var tar = folder.Write("x.tar", TarMaker.Make([("a/1.png", [1, 2, 3])]));
        foreach (var path in new[] { folder["s"], tar })
        {
            var failure = Assert.Throws<AtelierException>(
                () => DatasetOpener.OpenSource(path, labels: labels));
            Assert.Equal(FailureKind.Usage, failure.Kind);
            Assert.Contains("only CIFAR-100 has fine and coarse ones", failure.Message,
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("data_batch_3", null, "'data_batch_3' is missing")]
    [InlineData("data_batch_3", "broken", "'data_batch_3' is refused")]
    [InlineData("data_batch_3", "labels", "has no list 'labels' of 2 labels")]
    [InlineData("data_batch_3", "high", "has the label 9 at image 1; there are 3 classes")]
    [InlineData("data_batch_3", "short", "has no array 'data' of uint8 [N, 3072]")]
    [InlineData("batches.meta", "labels", "has no list 'label_names'")]
    public void Ten_BrokenFile_IsRefusedByItsName(string file, string? how, string expected)
    {
        foreach (var (name, content) in TenPython())
            folder.Write("s/" + name, content);
        File.Delete(folder["s/" + file]);
        if (how is not null)
        {
            folder.Write("s/" + file, how switch
            {
                "broken" => [0x80, 2, (byte)'c', (byte)'o', (byte)'s', 10, (byte)'s', 10, (byte)'.'],
                "high" => CifarMaker.Pickle(new byte[2 * 3072], ("labels", [0, 9])),
                "short" => CifarMaker.Names(("data", []), ("labels", [])),
                _ => CifarMaker.Pickle(new byte[2 * 3072], ("labels", [0])),
            });
        }

        var failure = Assert.Throws<AtelierException>(() => DatasetOpener.OpenSource(folder["s"]));
        Assert.Equal(FailureKind.Dataset, failure.Kind);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Binary_CutFile_IsRefused()
    {
        foreach (var (name, content) in TenBinary())
            folder.Write("s/" + name, name == "test_batch.bin" ? content[..^1] : content);

        var failure = Assert.Throws<AtelierException>(() => DatasetOpener.OpenSource(folder["s"]));
        Assert.Contains("no multiple of 3073", failure.Message, StringComparison.Ordinal);
    }

    private static List<(string Name, byte[] Content)> TenPython() =>
    [
        .. Enumerable.Range(1, 5).Select(static i => (Batch(i), CifarMaker.Pickle(
            [.. Images(i).SelectMany(static image => image)], ("labels", [0, 1])))),
        ("test_batch", CifarMaker.Pickle(CifarMaker.Image(1, 1, 1), ("labels", [2]))),
        ("batches.meta", CifarMaker.Names(("label_names", ["plane", "car", "bird"]))),
    ];

    private static List<(string Name, byte[] Content)> TenBinary() =>
    [
        .. Enumerable.Range(1, 5).Select(static i => (Batch(i) + ".bin", CifarMaker.Records(
            ([0], Images(i)[0]), ([1], Images(i)[1])))),
        ("test_batch.bin", CifarMaker.Records(([2], CifarMaker.Image(1, 1, 1)))),
        ("batches.meta.txt", Encoding.ASCII.GetBytes("plane\ncar\nbird\n\n")),
    ];

    private static string Batch(int i) => "data_batch_" + i.ToString(CultureInfo.InvariantCulture);

    private static byte[][] Images(int i)
        => [CifarMaker.Image(0, (byte)i, 255), CifarMaker.Image(1, (byte)i, 255)];
}
