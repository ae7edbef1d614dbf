namespace Atelier.Data.Trees;

/// <summary>
/// Several trees as one: the shards of a dataset, or one database a class. Where two have files of one name,
/// and where it is asked for, each tree's files lie in a folder of its own.
/// </summary>
internal sealed class MergedTree : FileTree
{
    private readonly IReadOnlyList<(string Name, FileTree Tree)> parts;
    private readonly (int Part, int File)[] places;
    private readonly string[] splits;

    /// <summary>Takes over the trees.</summary>
    /// <param name="path">What messages call the whole.</param>
    /// <param name="description">What it is and its name.</param>
    /// <param name="parts">The trees with their names; a name may hold '/'.</param>
    /// <param name="areFolders">Whether the names are folders that mean something.</param>
    /// <exception cref="AtelierException">Kind Dataset: too many files.</exception>
    public MergedTree(
        string path, string description, IReadOnlyList<(string Name, FileTree Tree)> parts, bool areFolders)
    {
        (Path, Description, this.parts) = (path, description, parts);
        IsTar = parts.All(static part => part.Tree.IsTar);
        HoldsImagesOnly = parts.All(static part => part.Tree.HoldsImagesOnly);
        if (parts.Sum(static part => (long)part.Tree.Files.Count) > ArchiveLimits.MaxEntries)
            throw Refuse(FormattableString.Invariant($"has more than {ArchiveLimits.MaxEntries} files"));
        HasShardFolders = !areFolders && HaveCommonNames(parts);
        var isPrefixed = areFolders || HasShardFolders;
        var all = parts.SelectMany((part, index) => part.Tree.Files.Select((name, file)
                => (Name: isPrefixed ? $"{part.Name}/{name}" : name, Part: index, File: file)))
            .OrderBy(static each => each.Name, StringComparer.Ordinal).ToList();
        Files = [.. all.Select(static each => each.Name)];
        places = [.. all.Select(static each => (each.Part, each.File))];
        splits = [.. parts.Select(part => areFolders ? "train" : SplitName.Of(part.Name))];
        Folders = isPrefixed ? [] : [.. parts.SelectMany(static part => part.Tree.Folders)
            .Distinct(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public override string Description { get; }

    /// <inheritdoc/>
    public override string Path { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Files { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Folders { get; }

    /// <inheritdoc/>
    public override bool IsTar { get; }

    /// <inheritdoc/>
    public override bool HoldsImagesOnly { get; }

    /// <inheritdoc/>
    public override bool HasShardFolders { get; }

    /// <inheritdoc/>
    public override string SplitOf(int file) => splits[places[file].Part];

    /// <inheritdoc/>
    public override SourceStamp? StampOf(int file)
        => parts[places[file].Part].Tree.StampOf(places[file].File);

    /// <inheritdoc/>
    public override byte[] Read(int file, long most, out bool isWhole)
        => parts[places[file].Part].Tree.Read(places[file].File, most, out isWhole);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var (_, tree) in parts)
                tree.Dispose();
        }

        base.Dispose(disposing);
    }

    private static bool HaveCommonNames(IReadOnlyList<(string Name, FileTree Tree)> parts)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        return parts.Any(part => part.Tree.Files.Any(name => !names.Add(name)));
    }
}
