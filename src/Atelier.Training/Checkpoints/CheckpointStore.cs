using System.Text;
using Atelier.IO;

namespace Atelier.Training.Checkpoints;

/// <summary>
/// Saves checkpoints so that, wherever a save is cut off, a whole one remains. The order is the contract:
/// files in a
/// temporary folder, fsync of each, manifest last, fsync of the folder, rename, fsync of the parent, LATEST,
/// and only then
/// the removal of old ones. One process writes to a folder at a time (the run's lock sees to that).
/// </summary>
public sealed class CheckpointStore
{
    private readonly ICheckpointFileSystem disk;
    private readonly CheckpointRetention retention;
    private readonly Action<string> warn;
    private long lastBytes;

    private CheckpointStore(
        string folder, CheckpointRetention retention, ICheckpointFileSystem disk, Action<string> warn)
    {
        Reader = new CheckpointReader(folder);
        this.retention = retention;
        this.disk = disk;
        this.warn = warn;
    }

    /// <summary>Finds and verifies what is saved.</summary>
    public CheckpointReader Reader { get; }

    /// <summary>
    /// The newest checkpoint of this step or an earlier one stays besides; null for none. It is the way back
    /// from a collapse that began after it. The first one after this step stays too: it is next in that
    /// place.
    /// </summary>
    public long? Pinned { get; set; }

    /// <summary>Opens a folder, creating it, and clears what a crash left behind.</summary>
    /// <param name="folder">The <c>checkpoints</c> folder of a run.</param>
    /// <param name="retention">Which checkpoints stay.</param>
    /// <param name="warn">
    /// Told, in a sentence, of what failed without harm, such as an old folder that stays.
    /// </param>
    /// <param name="disk">The disk; the real one when null.</param>
    /// <exception cref="AtelierException">Kind Disk: the folder cannot be created.</exception>
    public static CheckpointStore Open(
        string folder, CheckpointRetention retention, Action<string>? warn = null,
        ICheckpointFileSystem? disk = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(retention.KeepLast, 1);
        var store = new CheckpointStore(folder, retention, disk ?? new DiskFileSystem(), warn ?? (_ => { }));
        try
        {
            store.disk.CreateFolder(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AtelierException(
                FailureKind.Disk, $"the folder {folder} cannot be created: {e.Message}", e);
        }

        store.Recover();
        return store;
    }

    /// <summary>Saves a checkpoint; when this returns, it is on the disk and LATEST names it.</summary>
    /// <param name="step">
    /// The step just finished; a checkpoint of the same step is replaced, later ones are dropped.
    /// </param>
    /// <param name="parts">
    /// The files. An exception from a writer leaves nothing behind and passes through.
    /// </param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="AtelierException">
    /// Kind Disk: full or failing; checkpoints saved before are untouched.
    /// </exception>
    public long Save(long step, IReadOnlyList<CheckpointPart> parts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        CheckpointPart.CheckNames(parts);
        var temporary = PathOf(CheckpointNames.TemporaryPrefix + Path.GetRandomFileName());
        long written = 0;
        try
        {
            disk.CreateFolder(temporary);
            var files = new List<CheckpointManifestFile>();
            foreach (var part in parts)
                files.Add(WriteFile(temporary, part.Name, part.Write, ref written));
            var manifest = CheckpointManifest.Create(step, files);
            var bytes = manifest.ToBytes();
            WriteFile(temporary, CheckpointManifest.FileName, stream => stream.Write(bytes), ref written);
            disk.FsyncFolder(temporary);
            Publish(temporary, step);
            ReplaceText(CheckpointNames.Latest, CheckpointNames.OfStep(step) + "\n");
        }
        catch (Exception e)
        {
            Quietly(() => disk.DeleteFolder(temporary), Directory.Exists(temporary));
            if (e is IOException or UnauthorizedAccessException
                or AtelierException { Kind: FailureKind.Disk })
                throw Failed(step, e, written);
            throw;
        }

        lastBytes = written;
        RemoveOld(step);
        return written;
    }

    /// <summary>
    /// Notes the metric of a saved checkpoint; the best few stay (see <see cref="CheckpointRetention"/>).
    /// </summary>
    /// <returns>
    /// True when it is the best so far. False too for NaN and infinities, which are never best.
    /// </returns>
    /// <exception cref="AtelierException">
    /// Kind Checkpoint: that step has none. Kind Disk: BEST cannot be written.
    /// </exception>
    public bool MarkBest(long step, double metric)
    {
        if (!double.IsFinite(metric))
            return false;
        var steps = Reader.Steps;
        if (!steps.Contains(step))
            throw new AtelierException(
                FailureKind.Checkpoint,
                $"step {step} has no checkpoint in {Reader.Folder} that could be the best");
        IEnumerable<(long Step, double Metric)> known =
            Reader.Best.Where(entry => entry.Step != step && steps.Contains(entry.Step));

        // Of equal metrics the earlier stays ahead: sorting is stable and the new one comes last.
        var sign = retention.HigherIsBetter ? -1 : 1;
        var best = known.Append((Step: step, Metric: metric)).OrderBy(entry => sign * entry.Metric)
            .Take(Math.Max(1, retention.KeepBest)).ToArray();
        try
        {
            ReplaceText(CheckpointNames.Best, BestList.Spell(best));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskFailure.From(e, PathOf(CheckpointNames.Best));
        }

        return best[0].Step == step;
    }

    private void Publish(string temporary, long step)
    {
        var place = PathOf(CheckpointNames.OfStep(step));
        var aside = PathOf(CheckpointNames.ReplacedPrefix + CheckpointNames.OfStep(step));
        if (!Directory.Exists(place))
        {
            disk.Rename(temporary, place);
            disk.FsyncFolder(Reader.Folder);
            return;
        }

        // rename(2) replaces only empty folders. The reader looks aside too, so no moment is without a whole
        // checkpoint.
        if (Directory.Exists(aside))
            Discard(aside);
        disk.Rename(place, aside);
        try
        {
            disk.Rename(temporary, place);
        }
        catch
        {
            Quietly(() => disk.Rename(aside, place));
            throw;
        }

        disk.FsyncFolder(Reader.Folder);
        Quietly(() => Discard(aside));
    }

    private CheckpointManifestFile WriteFile(
        string folder, string name, Action<Stream> write, ref long written)
    {
        var path = Path.Combine(folder, name);
        CheckpointManifestFile file;
        using (var stream = new HashingStream(disk.CreateFile(path)))
        {
            try
            {
                write(stream);
            }
            finally
            {
                written += stream.Count;
            }

            stream.Flush();
            file = new(name, stream.Count, stream.Sha256());
        }

        disk.FsyncFile(path);
        return file;
    }

    private void ReplaceText(string name, string text)
    {
        var temporary = PathOf(CheckpointNames.TemporaryPrefix + Path.GetRandomFileName());
        try
        {
            using (var stream = disk.CreateFile(temporary))
                stream.Write(Encoding.UTF8.GetBytes(text));
            disk.FsyncFile(temporary);
            disk.Rename(temporary, PathOf(name));
            disk.FsyncFolder(Reader.Folder);
        }
        catch
        {
            Quietly(() => disk.DeleteFile(temporary), File.Exists(temporary));
            throw;
        }
    }

    private void RemoveOld(long savedStep)
    {
        // A step after the one just saved belongs to a past that was given up when the run went back.
        var best = Reader.Best;
        var known = best.Where(entry => entry.Step <= savedStep).ToArray();
        Quietly(
            () => ReplaceText(CheckpointNames.Best, BestList.Spell(known)), known.Length < best.Count,
            "the list of best checkpoints still names steps that were given up");
        var steps = Reader.Steps;
        var stay = steps.Where(step => step <= savedStep).Take(retention.KeepLast)
            .Concat(Reader.Best.Select(entry => entry.Step)
                .Where(step => step <= savedStep).Take(retention.KeepBest))
            .Concat(WaysBack(steps, savedStep))
            .ToHashSet();
        foreach (var step in steps.Where(step => !stay.Contains(step)))
        {
            var place = PathOf(CheckpointNames.OfStep(step));
            Quietly(
                () => Discard(place), Directory.Exists(place),
                $"the old checkpoint {place} could not be removed");
        }
    }

    private IEnumerable<long> WaysBack(IReadOnlyList<long> newestFirst, long savedStep) =>
        Pinned is { } pinned
            ? newestFirst.Where(step => step <= Math.Min(savedStep, pinned)).Take(1)
                .Concat(newestFirst.Where(step => step <= savedStep && step > pinned).TakeLast(1))
            : [];

    /// <summary>
    /// Deletes a folder under another name, so that a half-deleted checkpoint never bears a step's name.
    /// </summary>
    private void Discard(string place)
    {
        var temporary = PathOf(CheckpointNames.TemporaryPrefix + Path.GetRandomFileName());
        disk.Rename(place, temporary);
        disk.DeleteFolder(temporary);
    }

    private void Recover()
    {
        foreach (var path in Directory.GetFileSystemEntries(Reader.Folder))
        {
            var name = Path.GetFileName(path);
            if (name.StartsWith(CheckpointNames.TemporaryPrefix, StringComparison.Ordinal))
            {
                Quietly(
                    () => Delete(path),
                    because: $"{path}, left by an interrupted save, could not be removed");
            }
            else if (name.StartsWith(CheckpointNames.ReplacedPrefix, StringComparison.Ordinal))
            {
                var place = PathOf(name[CheckpointNames.ReplacedPrefix.Length..]);
                Quietly(() =>
                {
                    if (Directory.Exists(place))
                        Discard(path);
                    else
                        disk.Rename(path, place);
                });
            }
        }
    }

    private void Delete(string path)
    {
        if (Directory.Exists(path))
            disk.DeleteFolder(path);
        else
            disk.DeleteFile(path);
    }

    private AtelierException Failed(long step, Exception cause, long written)
    {
        var needed = Math.Max(written, lastBytes > 0 ? lastBytes : Reader.NewestBytes());
        var previous = Reader.Steps.FirstOrDefault(-1);
        var intact =
            previous < 0 ? "no checkpoint was there before" : $"the checkpoint of step {previous} is intact";
        return new AtelierException(
            FailureKind.Disk,
            $"the checkpoint of step {step} was not saved in {Reader.Folder}: {cause.Message} "
            + "It needs at least "
            + $"{ByteText.Format(needed)}, and {ByteText.Format(disk.FreeBytes(Reader.Folder))} are free; "
            + $"{intact}. "
            + "Free some space, or keep fewer checkpoints (snapshots.keep_last).",
            cause);
    }

    private void Quietly(Action action, bool when = true, string? because = null)
    {
        if (!when)
            return;
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or AtelierException)
        {
            if (because is not null)
                warn($"{because}: {e.Message}");
        }
    }

    private string PathOf(string name) => Path.Combine(Reader.Folder, name);
}
