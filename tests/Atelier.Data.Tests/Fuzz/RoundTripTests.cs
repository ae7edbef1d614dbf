using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Atelier.Data.Archives;
using Atelier.Data.Numpy;
using Atelier.Data.Tests.Support;
using Atelier.Data.Trees;
using FsCheck;
using FsCheck.Fluent;

namespace Atelier.Data.Tests.Fuzz;

/// <summary>What other programs write is read back as it was.</summary>
public sealed class RoundTripTests
{
    private static readonly Gen<(string Name, byte[] Content)> File =
        from parts in Gen.ArrayOf(Gen.Elements("a", "b c", "\u00e9t\u00e9", "\u4e2d\u6587", "x.png", "n.n"),
            3)
        from depth in Gen.Choose(1, 3)
        from length in Gen.Elements(0, 1, 30, 511, 512, 513, 2000)
        from fill in Gen.Choose(0, 255)
        from number in Gen.Choose(0, 9999)
        select (string.Join('/', parts.Take(depth - 1).Append(number.ToString(CultureInfo.InvariantCulture))),
            Enumerable.Range(0, length).Select(i => (byte)((i * fill) + number)).ToArray());

    private static readonly Gen<(string Name, byte[] Content)[]> Files =
        from count in Gen.Choose(1, 6)
        from files in Gen.ArrayOf(File, count)
        select files.DistinctBy(static file => file.Name).ToArray();

    private static Config Config => Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(77, 99);

    [Theory]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Gnu)]
    [InlineData(TarEntryFormat.Pax)]
    public void Tar_AnyFiles_AreReadBack(TarEntryFormat format) => Prop.ForAll(Files.ToArbitrary(), files =>
    {
        var bytes = TarMaker.Make(files, format);
        Same(files, new TarTree("x", new ArchiveBytes("x", bytes)));
    }).Check(Config);

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Zip_AnyFiles_AreReadBack(CompressionLevel level) => Prop.ForAll(Files.ToArbitrary(), files =>
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, true))
        {
            foreach (var (name, content) in files)
            {
                using var stream = zip.CreateEntry(name, level).Open();
                stream.Write(content);
            }
        }

        Same(files, new ZipTree(new ArchiveBytes("x", memory.ToArray())));
    }).Check(Config);

    [Fact]
    public void NpyHeader_AnyShape_IsReadBack() => Prop.ForAll(
        Gen.ArrayOf(Gen.Choose(0, 30_000), 4).ToArbitrary(), sizes =>
        {
            var text = $"{{'descr': '<i4', 'fortran_order': False, 'shape': ({string.Join(", ", sizes)}), }}";
            byte[] bytes = [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, 0, .. Encoding.ASCII.GetBytes(text)];
            var header = NpyHeader.Read(
                bytes, static holds => new AtelierException(FailureKind.Dataset, holds));
            Assert.Equal(sizes.Select(static size => (long)size), header.Shape);
            Assert.Equal(sizes.Aggregate(4L, static (total, size) => total * size), header.DataBytes);
        }).Check(Config);

    private static void Same((string Name, byte[] Content)[] files, FileTree tree)
    {
        using (tree)
        {
            Assert.Equal(files.Select(static file => file.Name).Order(StringComparer.Ordinal), tree.Files);
            foreach (var (name, content) in files)
                Assert.Equal(content, tree.ReadAll(tree.Find(name)));
        }
    }
}
