using Atelier.Data.Trees;

namespace Atelier.Data.Archives;

/// <summary>Opens tar archives, compressed or not, one or many.</summary>
internal static class ArchiveOpener
{
    private static readonly string[] TarNames = [".tar", ".tar.gz", ".tgz", ".tar.zst", ".tzst"];

    /// <summary>Opens one tar archive; a compressed one is decompressed into a temporary file.</summary>
    /// <exception cref="AtelierException">Kind Dataset: damaged or hostile; kind Disk: no space for the
    /// temporary file.</exception>
    public static FileTree OpenTar(string path)
    {
        var file = ArchiveBytes.Open(path);
        try
        {
            var compression = CompressedFile.Identify(file.Read(0, (int)Math.Min(4, file.Length)));
            if (compression != Compression.None)
            {
                using var packed = file;
                using var content = CompressedFile.Decompress(
                    new RangeStream(packed, 0, packed.Length), compression);
                file = Spool.Write(path, content, packed.Length);
            }

            return new TarTree(path, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens several tar archives as one.</summary>
    /// <param name="path">The folder or the pattern.</param>
    /// <param name="shards">The archives.</param>
    /// <exception cref="AtelierException">As for one; also when one is missing.</exception>
    public static FileTree OpenShards(string path, IReadOnlyList<string> shards)
    {
        var parts = new List<(string Name, FileTree Tree)>();
        try
        {
            foreach (var shard in shards)
            {
                if (!File.Exists(shard))
                    throw new AtelierException(FailureKind.Dataset,
                        $"'{path}' names '{shard}', which does not exist. Check the range, or copy it "
                        + "again.");
                parts.Add((Path.GetFileName(shard), OpenTar(shard)));
            }

            return new MergedTree(path, FormattableString.Invariant(
                $"{parts.Count} tar archives '{Path.GetFileName(path.TrimEnd('/'))}'"), parts, false);
        }
        catch
        {
            foreach (var (_, tree) in parts)
                tree.Dispose();
            throw;
        }
    }

    /// <summary>The tar archives directly in a folder, by name; empty where there are other files that look
    /// like images, or folders.</summary>
    public static IReadOnlyList<string> ShardsOf(string folder)
    {
        var files = Directory.EnumerateFiles(folder).Where(static path => Path.GetFileName(path)[0] != '.')
            .Order(StringComparer.Ordinal).ToList();
        return files.Exists(TreeLayout.HasImageName) ? [] : [.. files.Where(static path =>
            Array.Exists(TarNames, end => path.EndsWith(end, StringComparison.OrdinalIgnoreCase)))];
    }
}
