using Atelier.IO;

namespace Atelier.Data;

/// <summary>
/// The folder beside the target in which a dataset is made: <c>FILE.partial</c>. It is renamed or emptied in
/// the end, stays after an interruption, and goes away after any other failure.
/// </summary>
internal sealed class PartialDataset
{
    /// <summary>What the folder's name has behind the target's.</summary>
    public const string Suffix = ".partial";

    private readonly string target;
    private readonly bool sharded;

    /// <exception cref="AtelierException">Kind Disk: the folder of the target does not exist, or a folder is
    /// where a file shall be; kind Usage: a folder of shards would lie on something else.</exception>
    public PartialDataset(string path, bool sharded)
    {
        target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        this.sharded = sharded;
        Folder = target + Suffix;
        if (!Directory.Exists(Path.GetDirectoryName(target)))
            throw DiskFailure.From(new DirectoryNotFoundException(), target);
        if (!sharded && Directory.Exists(target))
            throw new AtelierException(FailureKind.Disk, $"'{path}' is a folder; name a file inside it.");
        if (sharded && (File.Exists(target) || (Directory.Exists(target)
            && Directory.EnumerateFileSystemEntries(target).Any())))
        {
            throw new AtelierException(FailureKind.Usage,
                $"'{path}' exists, and a folder of shards is not written over it. "
                + "Remove it, or name another.");
        }
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Makes the folder, unless an earlier call left it.</summary>
    public void Create() => Directory.CreateDirectory(Folder);

    /// <summary>Removes all files but the journal: they belong to something else.</summary>
    public void Clear(PackJournal journal)
    {
        foreach (var file in Directory.EnumerateFiles(Folder).Where(file => file != journal.Path))
            File.Delete(file);
    }

    /// <summary>Bytes that the files already take.</summary>
    public long Bytes() => new DirectoryInfo(Folder).EnumerateFiles().Sum(file => file.Length);

    /// <summary>Puts the finished dataset in its place.</summary>
    public void Publish(string firstFile, PackJournal journal)
    {
        if (sharded)
        {
            File.Delete(journal.Path);
            AtomicFile.FsyncDirectory(Folder);
            AtomicFile.Rename(Folder, target);
        }
        else
        {
            AtomicFile.Rename(firstFile, target);
            Remove();
        }

        AtomicFile.FsyncDirectory(Path.GetDirectoryName(target)!);
    }

    /// <summary>Removes the folder, as far as that is possible.</summary>
    public void Remove()
    {
        try
        {
            Directory.Delete(Folder, true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What went wrong before is what to report; the next call finds the folder and clears it.
        }
    }
}
