using System.Buffers.Binary;
using Atelier.Data.Tests.Support;

namespace Atelier.Data.Tests.Sources;

public sealed class LmdbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Database_OfLsun_HasAllValuesWithTheirKeys()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Golden", "Sources", "lsun");
        Assert.Equal(DatasetKind.Lmdb, DatasetOpener.Identify(path));
        Assert.Equal(DatasetKind.Lmdb, DatasetOpener.Identify(Path.Combine(path, "data.mdb")));
        using var source = DatasetOpener.OpenSource(path);

        Assert.Equal(62, source.Count);
        Assert.Equal(["all"], source.ClassNames);
        Assert.Empty(DatasetScanner.Scan(source, new PackOptions()));
        var names = Enumerable.Range(0, 62).Select(source.NameOf).ToList();
        Assert.Contains("big-1", names);
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        // Key and picture were made of one number, here 59.
        var image = source.Decode(names.IndexOf("000000000000000000000000000002d105cdd011"));
        Assert.Equal((6, 5, "EC133B"),
            (image.Width, image.Height, Convert.ToHexString(image.Pixels.AsSpan(0, 3))));
        Assert.Equal((60, 48), (source.Decode(names.IndexOf("big-0")).Width,
            source.Decode(names.IndexOf("big-0")).Height));
    }

    [Fact]
    public void Folder_OfDatabases_IsAClassEachWithLsunsNames()
    {
        foreach (var name in new[] { "bedroom_train_lmdb", "church_outdoor_train_lmdb", "bedroom_val_lmdb" })
            folder.Write($"s/{name}/data.mdb", Golden.Read("Sources/lsun/data.mdb"));

        Assert.Equal(DatasetKind.Lmdb, DatasetOpener.Identify(folder["s"]));
        using var source = DatasetOpener.OpenSource(folder["s"]);
        Assert.Equal(["bedroom", "church_outdoor"], source.ClassNames);
        Assert.Equal([new SourceSplit("train", 0, 124), new SourceSplit("val", 124, 62)], source.Splits);
    }

    [Fact]
    public void Database_CutAnywhere_IsRefused()
    {
        var file = Golden.Read("Sources/lsun/data.mdb");
        for (var length = 24; length < file.Length; length += 1023)
            Refused(file[..length]);
    }

    [Fact]
    public void Database_WhoseTreeBitesItsTail_IsRefused()
    {
        var file = Golden.Read("Sources/lsun/data.mdb");
        for (var page = 0; page < 2; page++)
        {
            // The root's children all become the root itself.
            var root = (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan((page * 4096) + 128));
            if (root < 2) continue;
            var at = root * 4096;
            for (var i = 16; i < BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at + 12)); i += 2)
            {
                var node = at + BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at + i));
                BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(node), (ushort)root);
                file.AsSpan(node + 2, 4).Clear();
            }
        }

        Refused(file);
    }

    [Fact]
    public void Database_WhoseKeysDoNotAscend_IsRefused()
    {
        var file = Golden.Read("Sources/lsun/data.mdb");
        var swapped = 0;
        for (var page = 2 * 4096; page < file.Length; page += 4096)
        {
            // A leaf with two nodes or more; its first two change places.
            if (file[page + 10] != 2 || BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(page + 12)) < 20)
                continue;
            (file[page + 16], file[page + 18]) = (file[page + 18], file[page + 16]);
            (file[page + 17], file[page + 19]) = (file[page + 19], file[page + 17]);
            swapped++;
        }

        Assert.InRange(swapped, 2, 10);
        Refused(file, "do not ascend");
    }

    private void Refused(byte[] file, string holds = "is refused")
    {
        var path = folder.Write("x", file);
        var failure = Assert.Throws<AtelierException>(() => DatasetOpener.OpenSource(path));
        Assert.Equal(FailureKind.Dataset, failure.Kind);
        Assert.Contains(holds, failure.Message, StringComparison.Ordinal);
    }
}
