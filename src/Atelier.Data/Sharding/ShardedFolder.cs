namespace Atelier.Data;

/// <summary>Opens the shards that an index names, and holds them against it.</summary>
internal static class ShardedFolder
{
    /// <summary>Reads the index, then header and labels of every shard.</summary>
    /// <exception cref="FormatException">Index and shards do not belong together; the message says
    /// how.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static (ShardIndex Index, IReadOnlyList<PackedFile> Files) Read(string folder)
    {
        var index = ShardIndexFile.Read(folder);
        var files = new List<PackedFile>(index.Shards.Count);
        foreach (var shard in index.Shards)
        {
            var path = Path.Combine(folder, shard.File);
            if (!File.Exists(path))
                throw new FormatException($"{shard.File} is missing: an incomplete copy?");
            files.Add(ReadShard(path, shard, index));
        }

        CheckSplits(index, files);
        return (index, files);
    }

    private static PackedFile ReadShard(string path, ShardEntry shard, ShardIndex index)
    {
        PackedFile file;
        try
        {
            file = PackedFile.Read(path);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"{shard.File}: {exception.Message}", exception);
        }

        var header = file.Header;
        if (header.Channels != index.Channels || header.Height != index.Height || header.Width != index.Width)
        {
            throw new FormatException($"{shard.File} has images of {header.Channels}x{header.Height}x"
                + $"{header.Width} and its index says {index.Channels}x{index.Height}x{index.Width}");
        }

        if (!header.ClassNames.SequenceEqual(index.ClassNames))
            throw new FormatException($"{shard.File} has other class names than its index");
        if (header.Count != shard.Count || header.ContentHash != shard.ContentHash)
            throw new FormatException($"{shard.File} is not the shard that its index describes "
                + $"({header.Count} images of content {header.ContentHash}, expected {shard.Count} of "
                + $"{shard.ContentHash})");
        return file;
    }

    /// <summary>The splits of the shards, one after another, must be those of the index.</summary>
    private static void CheckSplits(ShardIndex index, List<PackedFile> files)
    {
        var parts = new List<(string Name, int Count)>();
        foreach (var split in files.SelectMany(file => file.Header.Splits))
        {
            if (parts.Count > 0 && parts[^1].Name == split.Name)
                parts[^1] = (split.Name, parts[^1].Count + split.Count);
            else
                parts.Add((split.Name, split.Count));
        }

        if (!parts.SequenceEqual(index.Splits.Select(split => (split.Name, split.Count))))
            throw new FormatException("the splits of its shards are not those of its index");
    }
}
