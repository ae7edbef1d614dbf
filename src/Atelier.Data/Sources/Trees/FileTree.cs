using Atelier.Data.Decoding;

namespace Atelier.Data.Trees;

/// <summary>
/// Named files to read from: of a folder, an archive or a database. Reading is safe from many threads.
/// </summary>
internal abstract class FileTree : IDisposable
{
    private Dictionary<string, int>? places;

    /// <summary>What it is and its name, as "zip archive 'x.zip'".</summary>
    public abstract string Description { get; }

    /// <summary>The path as it was given.</summary>
    public abstract string Path { get; }

    /// <summary>Names relative to the top, with '/' between folders; each once.</summary>
    public abstract IReadOnlyList<string> Files { get; }

    /// <summary>Folders that are named by themselves, without '/' at the end; others follow from the
    /// files.</summary>
    public virtual IReadOnlyList<string> Folders => [];

    /// <summary>True when every file should be an image, whatever its name and its first bytes.</summary>
    public virtual bool HoldsImagesOnly => false;

    /// <summary>Whether this is a tar archive or several, in which labels lie beside images.</summary>
    public virtual bool IsTar => false;

    /// <summary>Whether the uppermost folders are the names of shards and mean nothing.</summary>
    public virtual bool HasShardFolders => false;

    /// <summary>The split of a file, where the tree knows it; "train" otherwise.</summary>
    public virtual string SplitOf(int file) => "train";

    /// <summary>The state of the file on disk that this one is read from; null when there is no single
    /// one.</summary>
    public virtual SourceStamp? StampOf(int file)
        => File.Exists(Path) ? RegularFile.StampOf(Path) : null;

    /// <summary>Reads the first bytes of a file.</summary>
    /// <param name="file">An index into <see cref="Files"/>.</param>
    /// <param name="most">How many bytes are wanted at most.</param>
    /// <param name="isWhole">Whether that is the whole file; its checksum was compared then.</param>
    /// <exception cref="BadImageException">This one file cannot be read; the reason is one line.</exception>
    public abstract byte[] Read(int file, long most, out bool isWhole);

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="BadImageException">As above, or it has more than
    /// <see cref="ImageLimits.MaxFileBytes"/>.</exception>
    public byte[] ReadAll(int file)
    {
        var bytes = Read(file, ImageLimits.MaxFileBytes, out var isWhole);
        return isWhole ? bytes : throw new BadImageException(
            FormattableString.Invariant($"a file of more than {ImageLimits.MaxFileBytes} bytes"));
    }

    /// <summary>The index of a file, or -1.</summary>
    public int Find(string name)
    {
        if (places is null)
        {
            var made = new Dictionary<string, int>(Files.Count, StringComparer.Ordinal);
            for (var i = 0; i < Files.Count; i++)
                made[Files[i]] = i;
            places = made;
        }

        return places.GetValueOrDefault(name, -1);
    }

    /// <summary>The failure of the whole source, from a clause that says what it "is" or "has".</summary>
    public AtelierException Refuse(string what) => new(FailureKind.Dataset, $"'{Path}' {what}.");

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what is open.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
