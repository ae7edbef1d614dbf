using System.Text;
using Atelier.Data.Archives;
using Atelier.Data.Trees;

namespace Atelier.Data.Lmdb;

/// <summary>
/// The values of an LMDB file as image files, as LSUN keeps them. Entries that only count or list the others
/// (__len__, num-samples and the like) are left out.
/// </summary>
internal sealed class LmdbTree : FileTree
{
    /// <summary>The name of an LMDB file in its folder.</summary>
    public const string FileName = "data.mdb";

    private readonly ArchiveBytes file;
    private readonly LmdbValue[] values;

    /// <summary>Lists the keys, and takes over the bytes.</summary>
    /// <param name="path">What messages call it.</param>
    /// <param name="file">The file.</param>
    /// <exception cref="AtelierException">Kind Dataset: damaged or hostile.</exception>
    public LmdbTree(string path, ArchiveBytes file)
    {
        (Path, this.file) = (path, file);
        var named = LmdbIndex.Read(file).Select(static value => (Name: NameOf(value.Key), Value: value))
            .Where(static pair => !IsRemark(pair.Name))
            .OrderBy(static pair => pair.Name, StringComparer.Ordinal).ToList();
        values = [.. named.Select(static pair => pair.Value)];
        Files = [.. named.Select(static pair => pair.Name)];
        if (Files.Count == 0) throw Refuse("is an LMDB file without images");
    }

    /// <inheritdoc/>
    public override string Description
        => $"LMDB '{System.IO.Path.GetFileName(System.IO.Path.GetFullPath(Path).TrimEnd('/'))}'";

    /// <inheritdoc/>
    public override string Path { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Files { get; }

    /// <inheritdoc/>
    public override bool HoldsImagesOnly => true;

    /// <inheritdoc/>
    public override byte[] Read(int file, long most, out bool isWhole)
    {
        var value = values[file];
        isWhole = value.Length <= most;
        return this.file.Read(value.Offset, (int)Math.Min(value.Length, most));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>A key as text where it is plain ASCII without '/', otherwise its bytes as 0x….</summary>
    private static string NameOf(byte[] key)
        => !key.AsSpan().ContainsAnyExceptInRange((byte)'!', (byte)'~') && !key.Contains((byte)'/')
            && key[0] != '.'
            ? Encoding.ASCII.GetString(key)
            : "0x" + Convert.ToHexString(key);

    private static bool IsRemark(string name)
        => name.StartsWith("__", StringComparison.Ordinal)
            || name is "num-samples" or "length" or "meta_info";
}
