using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Atelier.Data.Decoding;
using Atelier.Data.Tests.Support;
using Atelier.Tests;

namespace Atelier.Data.Tests.Sources;

public sealed class ArchiveSourceTests : IDisposable
{
    private static readonly string LongName = new string('n', 120) + ".png";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Zip_OfClassFolders_IsReadWhereItLies(CompressionLevel level)
    {
        var path = folder.Write("x.bin", Zip(level,
            ("photos/dog/1.png", Solid(1)), ("photos/cat/2.png", Solid(2)), ("photos/cat/", []),
            ("__MACOSX/photos/cat/._2.png", [0]), ("photos/cat/.DS_Store", [0]), ("photos/README", [65])));

        Assert.Equal(DatasetKind.Zip, DatasetOpener.Identify(path));
        using var source = DatasetOpener.OpenSource(path);
        Assert.Equal(["train cat photos/cat/2.png 3x2", "train dog photos/dog/1.png 3x2"],
            SourceText.Lines(source));
        Assert.Equal(["020000", "010000"], SourceText.FirstPixels(source));
        Assert.Equal(1, source.IgnoredFiles);
    }

    [Fact]
    public void Zip_OfStyleGan_IsReadByItsDatasetJson()
    {
        var path = folder.Write("x.zip", Zip(CompressionLevel.NoCompression,
            ("dataset.json", Encoding.UTF8.GetBytes("""{"labels": [["00000/img0.png", 1]]}""")),
            ("00000/img0.png", Solid(5))));
        using var source = DatasetOpener.OpenSource(path);

        Assert.Equal(["train 1 00000/img0.png 3x2"], SourceText.Lines(source));
    }

    [Fact]
    public void Zip_WithComment_IsRead()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, true))
        {
            zip.Comment = "made by hand";
            var entry = zip.CreateEntry("a.png");
            entry.Comment = "an image";
            using var stream = entry.Open();
            stream.Write(Solid(1));
        }

        using var source = DatasetOpener.OpenSource(folder.Write("x.zip", memory.ToArray()));
        Assert.Equal(1, source.Count);
    }

    [Fact]
    public void Zip_ImageWithAWrongCrc_IsOneOffender()
    {
        var path = folder.Write("x.zip", new ZipMaker().Add("a.png", Solid(1)).Add("b.png", Solid(2), crc: 7)
            .Finish());
        using var source = DatasetOpener.OpenSource(path);

        Assert.Equal(new Offender("b.png", "its bytes do not have the CRC that the archive states"),
            Assert.Single(DatasetScanner.Scan(source, new PackOptions())));
    }

    [Fact]
    public void Zip_ImageDeflatedToAnotherLength_IsOneOffender()
    {
        var image = Solid(1);
        using var memory = new MemoryStream();
        using (var deflate = new DeflateStream(memory, CompressionLevel.Optimal, true))
            deflate.Write(image);
        var path = folder.Write("x.zip", new ZipMaker()
            .Add("a.png", memory.ToArray(), method: 8, plainSize: (uint)image.Length + 1)
            .Add("b.png", memory.ToArray(), method: 8, plainSize: (uint)image.Length - 1)
            .Add("c.png", image.AsSpan(0, 20), method: 8, plainSize: (uint)image.Length).Finish());
        using var source = DatasetOpener.OpenSource(path);

        Assert.Equal(3, DatasetScanner.Scan(source, new PackOptions()).Count);
    }

    [Theory]
    [InlineData(TarEntryFormat.V7)]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Gnu)]
    [InlineData(TarEntryFormat.Pax)]
    public void Tar_OfEveryFormat_IsRead(TarEntryFormat format)
    {
        var name = format switch
        {
            TarEntryFormat.V7 => "b/short.png",
            TarEntryFormat.Ustar => new string('b', 99) + "/2.png",
            _ => "b/" + LongName,
        };
        var path = folder.Write("x", TarMaker.Make([("a/1.png", Solid(1)), (name, Solid(2))], format));

        Assert.Equal(DatasetKind.Tar, DatasetOpener.Identify(path));
        using var source = DatasetOpener.OpenSource(path);
        Assert.Equal(["train a a/1.png 3x2", $"train {name.Split('/')[0]} {name} 3x2"],
            SourceText.Lines(source));
        Assert.Equal(["010000", "020000"], SourceText.FirstPixels(source));
    }

    [Theory]
    [InlineData("classes.tar.gz")]
    [InlineData("classes.tar.zst")]
    public void Tar_CompressedByTheSystemsPrograms_IsRead(string name)
    {
        var path = folder.Write("x", Golden.Read("Sources/" + name));

        Assert.Equal(DatasetKind.Tar, DatasetOpener.Identify(path));
        using var source = DatasetOpener.OpenSource(path);
        Assert.Equal(["train a photos/a/1.png 3x2", "train a photos/a/2.png 3x2",
            $"train b photos/b/{LongName} 3x2"], SourceText.Lines(source));
        Assert.Equal(["0A141E", "28323C", "46505A"], SourceText.FirstPixels(source));
    }

    [Fact]
    public void Tar_CompressedCutAnywhere_IsRefusedUnlessOnlyPaddingIsGone()
    {
        foreach (var name in new[] { "classes.tar.gz", "classes.tar.zst" })
        {
            var file = Golden.Read("Sources/" + name);
            for (var length = 4; length < file.Length - 8; length += 7)
            {
                var path = folder.Write("x", file[..length]);
                try
                {
                    using var source = DatasetOpener.OpenSource(path);
                    Assert.Equal(["0A141E", "28323C", "46505A"], SourceText.FirstPixels(source));
                    Assert.InRange(length, file.Length * 9 / 10, file.Length);
                }
                catch (AtelierException failure)
                {
                    Assert.Equal(FailureKind.Dataset, failure.Kind);
                }
            }
        }
    }

    [Fact]
    public void WebDataset_Shards_AreOneSetWithTheirSplits()
    {
        folder.Write("s/imagenet-train-000.tar", Shard((0, "5"), (1, "2")));
        folder.Write("s/imagenet-train-001.tar", Shard((2, "2")));
        folder.Write("s/imagenet-val-000.tar", Shard((3, "5")));

        Assert.Equal(DatasetKind.TarShards, DatasetOpener.Identify(folder["s"]));
        using var source = DatasetOpener.OpenSource(folder["s"]);
        Assert.Equal(["train 2 k1.png 3x2", "train 2 k2.png 3x2", "train 5 k0.png 3x2", "val 5 k3.png 3x2"],
            SourceText.Lines(source));
    }

    [Fact]
    public void WebDataset_PatternOfShards_TakesThoseThatItNames()
    {
        for (var i = 8; i < 12; i++)
            folder.Write(FormattableString.Invariant($"p-{i:000}.tar"), Shard((i, "1")));
        using var source = DatasetOpener.OpenSource(folder["p-{009..010}.tar"]);

        Assert.Equal(["train 1 k10.png 3x2", "train 1 k9.png 3x2"], SourceText.Lines(source));
        var failure = Assert.Throws<AtelierException>(
            () => DatasetOpener.OpenSource(folder["p-{009..012}.tar"]));
        Assert.Contains("p-012.tar', which does not exist", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WebDataset_ShardsThatRepeatTheirNames_AreKeptApart()
    {
        folder.Write("s/0.tar", Shard((0, "cat")));
        folder.Write("s/1.tar", Shard((0, "dog")));
        using var source = DatasetOpener.OpenSource(folder["s"]);

        Assert.Equal(["train cat 0.tar/k0.png 3x2", "train dog 1.tar/k0.png 3x2"], SourceText.Lines(source));
    }

    [Fact]
    public void WebDataset_LabelsInJson_AreRead()
    {
        var path = folder.Write("x.tar", TarMaker.Make([
            ("k0.jpg.png", Solid(1)), ("k0.json", """{"caption": "x", "label": "fox"}"""u8.ToArray()),
            ("k1.png", Solid(2)), ("k1.json", """{"label": "ant"}"""u8.ToArray()), ("k1.txt", [65])]));
        using var source = DatasetOpener.OpenSource(path);

        Assert.Equal(["train ant k1.png 3x2", "train fox k0.jpg.png 3x2"], SourceText.Lines(source));
    }

    [Fact]
    public void WebDataset_WithoutLabels_IsOneClass()
    {
        folder.Write("s/0.tar", TarMaker.Make([("k0.png", Solid(1)), ("k0.txt", [65])]));
        folder.Write("s/1.tar", TarMaker.Make([("k0.png", Solid(2))]));
        using var source = DatasetOpener.OpenSource(folder["s"]);

        Assert.Equal(["all"], source.ClassNames);
        Assert.Equal(2, source.Count);
    }

    [Fact]
    public void Archive_ReadByManyThreads_GivesTheSameBytes()
    {
        var files = Enumerable.Range(0, 200).Select(i => ($"a/{i:000}.png", Solid((byte)i))).ToArray();
        var zip = folder.Write("x.zip", Zip(CompressionLevel.Fastest, files));
        var tar = folder.Write("x.tar", TarMaker.Make(files));
        foreach (var path in new[] { zip, tar })
        {
            using var source = DatasetOpener.OpenSource(path);
            var pixels = new byte[200];
            Parallel.For(0, 200, i => pixels[i] = source.Decode(i).Pixels[0]);
            Assert.Equal(Enumerable.Range(0, 200).Select(static i => (byte)i), pixels);
        }
    }

    [Fact]
    public void Pack_OfOneSetInEveryForm_GivesTheSameContent()
    {
        (string, byte[])[] files = [("a/1.png", Solid(1)), ("b/2.png", Solid(200))];
        foreach (var (name, content) in files)
            folder.Write("f/" + name, content);
        string[] paths = [folder["f"], folder.Write("x.zip", Zip(CompressionLevel.Optimal, files)),
            folder.Write("x.tar", TarMaker.Make(files))];

        var hashes = paths.Select(path =>
        {
            using var source = DatasetOpener.OpenSource(path);
            return DatasetPacker.Pack(source, folder["x.atl"], new PackOptions { Size = 2 }).Info.ContentHash;
        });
        Assert.Single(hashes.Distinct());
    }

    [Theory]
    [InlineData("cafe\u0301", "caf\u00e9")]
    [InlineData("Vie\u0323\u0302t", "Vi\u1ec7t")]
    [InlineData("\u304b\u3099", "\u304c")]
    [InlineData("\u1112\u1161\u11ab", "\ud55c")]
    [InlineData("q\u0301", "q\u0301")]
    public void Archive_OfMacOs_HasItsNamesComposed(string apart, string composed)
    {
        var tar = folder.Write("x.tar", TarMaker.Make([($"train/{apart}/1.png", Solid(1)),
            ($"test/{composed}/1.png", Solid(2))]));
        var zip = folder.Write("x.zip", new ZipMaker().Add($"train/{apart}/1.png", Solid(1))
            .Add($"test/{composed}/1.png", Solid(2)).Finish());
        foreach (var path in new[] { tar, zip })
        {
            using var source = DatasetOpener.OpenSource(path);
            Assert.Equal([composed], source.ClassNames);
        }
    }

    [Fact]
    public void Image_InAnArchiveThatIsTooShort_IsABadImage()
    {
        var path = folder.Write("x.tar", TarMaker.Make([("a.png", Solid(1)[..20])]));
        using var source = DatasetOpener.OpenSource(path);

        Assert.Throws<BadImageException>(() => source.ReadHeader(0));
    }

    private static byte[] Solid(byte red) => PngMaker.Solid(3, 2, red, 0, 0);

    private static byte[] Shard(params (int Key, string Label)[] samples) => TarMaker.Make(
        samples.SelectMany(static each => new[]
        {
            (FormattableString.Invariant($"k{each.Key}.cls"), Encoding.UTF8.GetBytes(each.Label)),
            (FormattableString.Invariant($"k{each.Key}.png"), Solid((byte)each.Key)),
        }));

    private static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] files)
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

        return memory.ToArray();
    }
}
