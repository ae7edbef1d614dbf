using System.Text;
using Atelier.Data.Tests.Support;
using Atelier.Tests;

namespace Atelier.Data.Tests.Sources;

public sealed class NumpySourceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Npz_OfKerasNames_HasBothSplits()
    {
        using var source = Open("plain.npz");

        Assert.Equal([new SourceSplit("train", 0, 7), new SourceSplit("test", 7, 3)], source.Splits);
        Assert.Equal(["0", "1", "2", "3"], source.ClassNames);
        Assert.Equal([3, 0, 2, 2, 1, 0, 3, 1, 0, 2], Enumerable.Range(0, 10).Select(source.LabelOf));
        Assert.Equal(SourceText.FirstPixels(Open("images.npy")), SourceText.FirstPixels(source));
    }

    [Fact]
    public void Npz_Compressed_ChannelsFirst_GivesTheSameImages()
    {
        using var source = Open("packed.npz");
        using var plain = Open("images.npy");

        Assert.Equal((6, 8, 3), (source.ReadHeader(9).Width, source.ReadHeader(9).Height,
            source.ReadHeader(9).Channels));
        for (var i = 0; i < 10; i++)
            Assert.Equal(plain.Decode(i).Pixels, source.Decode(i).Pixels);
    }

    [Fact]
    public void Npy_Alone_IsOneClass()
    {
        using var source = Open("images.npy");

        Assert.Equal(["all"], source.ClassNames);
        // The file has 128 bytes of header, and C order with channels last.
        Assert.Equal(Golden.Read("Sources/images.npy")[128..(128 + (10 * 144))],
            Enumerable.Range(0, 10).SelectMany(i => source.Decode(i).Pixels));
    }

    [Theory]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2, 3), }", null)]
    [InlineData("{'shape':(1,2,3),\"descr\":'|u1','fortran_order':False}", null)]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 1), }", "needs 4 bytes")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 2), }", "needs 8 bytes")]
    [InlineData("{'descr': '|u1', 'fortran_order': True, 'shape': (1, 2, 3), }", "in Fortran order")]
    [InlineData("{'descr': '>u2', 'fortran_order': False, 'shape': (1, 1, 3), }", "of the type '>u2'")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1, 2, 3), }", "of the type '|O'")]
    [InlineData("{'descr': [('a', '|u1')], 'fortran_order': False, 'shape': (6,), }", "is broken at letter")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (6,), }", "u1 (6); images are")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2, 4), }", "needs 8 bytes")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999, 99999999999), }",
        "more than 2^63")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (0, 2, 3), }", "needs 0 bytes")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (-1, 2, 3), }", "where a size is")]
    [InlineData("{'descr': '|u1', 'descr': '|u1', 'shape': (1, 2, 3), }", "the key 'descr', or has it twice")]
    [InlineData("{'descr': '|u1', 'fortran_order': False}", "lacks")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2, 3), } exec", "its end")]
    public void Npy_Header_IsReadOrRefused(string header, string? expected)
    {
        byte[] file = [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header),
            1, 2, 3, 4, 5, 6];
        var path = folder.Write("x", file);
        if (expected is null)
        {
            using var source = DatasetOpener.OpenSource(path);
            Assert.Equal([1, 2, 3, 4, 5, 6], source.Decode(0).Pixels);
            return;
        }

        var failure = Assert.Throws<AtelierException>(() => DatasetOpener.OpenSource(path));
        Assert.Equal(FailureKind.Dataset, failure.Kind);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Npz_ArraysThatDoNotFit_AreRefused()
    {
        var images = Golden.Read("Sources/images.npy");
        byte[] labels = [0x93, .. "NUMPY"u8, 1, 0, 59, 0,
            .. "{'descr': '|i1', 'fortran_order': False, 'shape': (2,), }  "u8, 1, 255];

        Assert.Contains("has 2 labels for 10 images", Refusal(new ZipMaker().Add("x.npy", images)
            .Add("y.npy", [.. labels[..^1], 0])), StringComparison.Ordinal);
        Assert.Contains("its label 1 is -1", Refusal(new ZipMaker().Add("x.npy", images)
            .Add("y.npy", labels)), StringComparison.Ordinal);
        Assert.Contains("do not have the CRC", Refusal(new ZipMaker().Add("x.npy", images, crc: 1)),
            StringComparison.Ordinal);
        Assert.Contains("has the arrays z.npy, and none", Refusal(new ZipMaker().Add("z.npy", images)),
            StringComparison.Ordinal);
    }

    private static ImageSource Open(string name)
        => DatasetOpener.OpenSource(Path.Combine(AppContext.BaseDirectory, "Golden", "Sources", name));

    private string Refusal(ZipMaker zip)
    {
        var path = folder.Write("x.npz", zip.Finish());
        var failure = Assert.Throws<AtelierException>(() => DatasetOpener.OpenSource(path));
        Assert.Equal(FailureKind.Dataset, failure.Kind);
        return failure.Message;
    }
}
