namespace Atelier.Data.Trees;

/// <summary>
/// The files of a folder and of those inside it, in ordinal order; hidden ones are passed over. Links to
/// folders are followed in the two upper levels, where class folders lie, and no further.
/// </summary>
internal sealed class FolderTree : FileTree
{
    private const int MostDepth = 16;
    private const int LinkDepth = 2;

    private readonly string root;
    private readonly List<string> files = [];
    private readonly List<string> folders = [];

    /// <summary>Lists the folder; no file is opened.</summary>
    /// <exception cref="AtelierException">Kind Disk: a folder cannot be listed; kind Dataset: too many
    /// files.</exception>
    public FolderTree(string folder)
    {
        (Path, root) = (folder, System.IO.Path.GetFullPath(folder));
        try
        {
            List("", 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw IO.DiskFailure.From(exception, root);
        }
    }

    /// <inheritdoc/>
    public override string Description => $"folder '{System.IO.Path.GetFileName(root.TrimEnd('/'))}'";

    /// <inheritdoc/>
    public override string Path { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Files => files;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Folders => folders;

    /// <inheritdoc/>
    public override SourceStamp? StampOf(int file) => RegularFile.StampOf(PlaceOf(file));

    /// <inheritdoc/>
    public override byte[] Read(int file, long most, out bool isWhole)
        => RegularFile.Read(PlaceOf(file), most, out isWhole);

    private string PlaceOf(int file) => System.IO.Path.Combine(root, files[file]);

    private void List(string relative, int depth)
    {
        var here = new DirectoryInfo(System.IO.Path.Combine(root, relative));
        foreach (var entry in here.EnumerateFileSystemInfos()
            .Where(static entry => entry.Name[0] != '.')
            .OrderBy(static entry => entry.Name, StringComparer.Ordinal))
        {
            var name = relative.Length == 0 ? entry.Name : $"{relative}/{entry.Name}";
            if (entry is FileInfo)
            {
                files.Add(name);
                if (files.Count > ArchiveLimits.MaxEntries)
                    throw Refuse(FormattableString.Invariant(
                        $"has more than {ArchiveLimits.MaxEntries} files"));
                continue;
            }

            folders.Add(name);
            // A link deeper down may lead back up, and then there would be no end.
            if (depth < MostDepth && (depth < LinkDepth || entry.LinkTarget is null))
                List(name, depth + 1);
        }
    }
}
