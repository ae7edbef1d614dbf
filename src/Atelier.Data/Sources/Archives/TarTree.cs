using Atelier.Data.Trees;

namespace Atelier.Data.Archives;

/// <summary>The files of a plain tar archive, read where they lie.</summary>
internal sealed class TarTree : FileTree
{
    private readonly ArchiveBytes bytes;
    private readonly TarEntry[] entries;

    /// <summary>Lists the archive, and takes over the bytes.</summary>
    /// <param name="path">What messages call the archive.</param>
    /// <param name="bytes">The plain archive.</param>
    /// <exception cref="AtelierException">Kind Dataset: damaged or hostile.</exception>
    public TarTree(string path, ArchiveBytes bytes)
    {
        (Path, this.bytes) = (path, bytes);
        var all = TarIndex.Read(bytes);
        entries = [.. all.Where(static entry => !entry.IsFolder)
            .OrderBy(static entry => entry.Name, StringComparer.Ordinal)];
        Files = [.. entries.Select(static entry => entry.Name)];
        Folders = [.. all.Where(static entry => entry.IsFolder).Select(static entry => entry.Name)];
    }

    /// <inheritdoc/>
    public override string Description => $"tar archive '{System.IO.Path.GetFileName(Path)}'";

    /// <inheritdoc/>
    public override string Path { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Files { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Folders { get; }

    /// <inheritdoc/>
    public override bool IsTar => true;

    /// <inheritdoc/>
    public override byte[] Read(int file, long most, out bool isWhole)
    {
        var entry = entries[file];
        isWhole = entry.Length <= most;
        return bytes.Read(entry.Offset, (int)Math.Min(entry.Length, most));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            bytes.Dispose();
        base.Dispose(disposing);
    }
}
