using Atelier.Data.Hdf5;
using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Sources;

public sealed class Hdf5Tests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("biggan-plain.hdf5")]
    [InlineData("biggan-lzf.hdf5")]
    [InlineData("gzip-parts.hdf5")]
    [InlineData("contiguous.hdf5")]
    public void File_OfMakeHdf5_HasTheImagesAndLabels(string name)
    {
        var path = Fixture(name);
        Assert.Equal(DatasetKind.Hdf5, DatasetOpener.Identify(path));
        using var source = DatasetOpener.OpenSource(path);
        using var expected = DatasetOpener.OpenSource(Fixture("images.npy"));

        Assert.Equal([3, 0, 2, 2, 1, 0, 3, 1, 0, 2], Enumerable.Range(0, 10).Select(source.LabelOf));
        Assert.Equal(["0", "1", "2", "3"], source.ClassNames);
        for (var i = 0; i < 10; i++)
            Assert.Equal(expected.Decode(i).Pixels, source.Decode(i).Pixels);
    }

    [Fact]
    public void File_OfTheLatestFormat_IsRefusedWithAdvice()
    {
        var failure = Assert.Throws<AtelierException>(
            () => DatasetOpener.OpenSource(Fixture("latest.hdf5")));

        Assert.Equal(FailureKind.Dataset, failure.Kind);
        Assert.Contains("h5py's default libver", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_CutAnywhere_IsRefused()
    {
        var file = Golden.Read("Sources/biggan-lzf.hdf5");
        for (var length = 8; length < file.Length; length += 97)
        {
            var path = folder.Write("x", file[..length]);
            var failure = Assert.Throws<AtelierException>(() => DatasetOpener.OpenSource(path));
            Assert.Equal(FailureKind.Dataset, failure.Kind);
        }
    }

    [Theory]
    [InlineData("046162636465", "6162636465", true)]
    [InlineData("026162638002", "616263616263616263", true)]
    [InlineData("0061E00500", "616161616161616161616161616161", true)]
    [InlineData("046162636465", "61626364", false)]
    [InlineData("046162636465", "616263646566", false)]
    [InlineData("00612005", "61616161", false)]
    [InlineData("0361", "61616161", false)]
    [InlineData("0061E0", "61616161", false)]
    public void Lzf_Data_IsUnpackedOrRefused(string packed, string plain, bool isGood)
    {
        var target = new byte[plain.Length / 2];

        Assert.Equal(isGood, Lzf.TryDecompress(Convert.FromHexString(packed), target));
        if (isGood)
            Assert.Equal(plain, Convert.ToHexString(target));
    }

    private static string Fixture(string name)
        => Path.Combine(AppContext.BaseDirectory, "Golden", "Sources", name);
}
