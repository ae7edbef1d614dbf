namespace Atelier.Data.Tests.Support;

/// <summary>
/// Cuts a packed file into shards, with the classes that the tests' writer and reader share.
/// </summary>
internal static class ShardMaker
{
    public static ShardIndex Cut(string packed, string folder, params int[] counts)
    {
        Directory.CreateDirectory(folder);
        using var dataset = PackedDataset.Open(packed);
        var shards = new List<ShardEntry>();
        var start = 0;
        foreach (var count in counts)
        {
            var name = ShardIndex.FileNameOf(shards.Count);
            using var whole = new PackedSource(PackedDataset.Open(packed));
            using var part = new PartSource(whole, start, count);
            var report = DatasetPacker.Pack(part, Path.Combine(folder, name),
                new PackOptions { Size = dataset.Height });
            shards.Add(new ShardEntry(name, count, report.Info.ContentHash));
            start += count;
        }

        var info = dataset.Info();
        var index = new ShardIndex
        {
            Format = ShardIndex.FormatName,
            Version = ShardIndex.CurrentVersion,
            Count = info.Count,
            Channels = info.Channels,
            Height = info.Height,
            Width = info.Width,
            ClassNames = dataset.ClassNames,
            Splits = info.Splits,
            ContentHash = info.ContentHash,
            Resizer = info.Resizer,
            Source = info.Source,
            Skipped = info.Skipped,
            Shards = shards,
        };
        ShardIndexFile.Write(folder, index);
        return index;
    }
}
