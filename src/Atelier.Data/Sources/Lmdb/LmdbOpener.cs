using Atelier.Data.Archives;
using Atelier.Data.Trees;

namespace Atelier.Data.Lmdb;

/// <summary>
/// Opens LMDB files: the file itself, its folder, or a folder of such folders, one a class. LSUN's names are
/// understood: bedroom_train_lmdb is the class "bedroom" of the split "train".
/// </summary>
internal static class LmdbOpener
{
    private static readonly string[] NameEnds = ["_lmdb", ".lmdb", "_mdb"];

    /// <summary>Whether a folder is one of these.</summary>
    public static bool Recognises(string folder)
        => HasFile(folder) || (Inner(folder) is { Count: > 0 } inner && inner.All(HasFile));

    /// <summary>Opens a file, its folder, or a folder of folders.</summary>
    /// <exception cref="AtelierException">Kind Dataset: damaged or hostile.</exception>
    public static FileTree Open(string path)
    {
        if (File.Exists(path)) return One(path, path);
        if (HasFile(path)) return One(path, Path.Combine(path, LmdbTree.FileName));
        var folders = Inner(path);
        var hasSplits = folders.Select(Split).Distinct(StringComparer.Ordinal).Count() > 1;
        var parts = new List<(string Name, FileTree Tree)>();
        try
        {
            foreach (var folder in folders)
            {
                var name = Class(folder);
                parts.Add((hasSplits ? $"{Split(folder)}/{name}" : name,
                    One(folder, Path.Combine(folder, LmdbTree.FileName))));
            }

            return new MergedTree(path, FormattableString.Invariant(
                $"{parts.Count} LMDBs '{Path.GetFileName(path.TrimEnd('/'))}'"), parts, true);
        }
        catch
        {
            foreach (var (_, tree) in parts)
                tree.Dispose();
            throw;
        }
    }

    private static LmdbTree One(string path, string file)
    {
        var bytes = ArchiveBytes.Open(file);
        try
        {
            return new LmdbTree(path, bytes);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    private static bool HasFile(string folder) => File.Exists(Path.Combine(folder, LmdbTree.FileName));

    private static List<string> Inner(string folder)
        => [.. Directory.EnumerateDirectories(folder).Where(static path => Path.GetFileName(path)[0] != '.')
            .Order(StringComparer.Ordinal)];

    private static string Split(string folder) => SplitName.Of(Path.GetFileName(folder));

    private static string Class(string folder)
    {
        var name = Path.GetFileName(folder);
        foreach (var end in NameEnds)
        {
            if (name.EndsWith(end, StringComparison.OrdinalIgnoreCase))
                name = name[..^end.Length];
        }

        foreach (var end in new[] { "_train", "_val", "_test" })
        {
            if (name.EndsWith(end, StringComparison.OrdinalIgnoreCase))
                name = name[..^end.Length];
        }

        return name;
    }
}
