using System.Security.Cryptography;

namespace Atelier.Training.Checkpoints;

/// <summary>Finds and verifies checkpoints in a folder, and changes nothing there.</summary>
/// <param name="folder">The <c>checkpoints</c> folder of a run; it need not exist.</param>
public sealed class CheckpointReader(string folder)
{
    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>Steps with a checkpoint, good or bad, newest first.</summary>
    public IReadOnlyList<long> Steps => Directory.Exists(folder)
        ? [.. Directory.EnumerateDirectories(folder)
            .Select(path => StepOrReplaced(Path.GetFileName(path)))
            .OfType<long>()
            .Distinct()
            .OrderDescending()]
        : [];

    /// <summary>Steps listed in BEST, best first.</summary>
    public IReadOnlyList<(long Step, double Metric)> Best => BestList.Read(folder);

    /// <summary>The newest good checkpoint; null when there is none at all, good or bad.</summary>
    /// <param name="strict">True to refuse, rather than fall back, when the newest is damaged.</param>
    /// <param name="warn">Told, in a sentence, of each checkpoint passed over.</param>
    /// <exception cref="AtelierException">
    /// Kind Checkpoint: there are checkpoints, but none may be used.
    /// </exception>
    public Checkpoint? LoadLatest(bool strict = false, Action<string>? warn = null) =>
        LoadFirst(Steps, strict, warn);

    /// <summary>The newest good checkpoint of a step or an earlier one; null when there is none.</summary>
    /// <param name="step">The latest step wanted.</param>
    /// <param name="warn">Told, in a sentence, of each checkpoint passed over.</param>
    public Checkpoint? LoadAtOrBefore(long step, Action<string> warn)
    {
        foreach (var candidate in Steps.Where(candidate => candidate <= step))
        {
            var (checkpoint, fault) = Verify(candidate);
            if (checkpoint is not null) return checkpoint;
            warn($"the checkpoint {FolderOf(candidate)} is damaged: {fault}; trying another");
        }

        return null;
    }

    /// <summary>The best good checkpoint by metric, else the newest good one.</summary>
    /// <inheritdoc cref="LoadLatest"/>
    public Checkpoint? LoadBest(bool strict = false, Action<string>? warn = null)
    {
        var steps = Steps;
        var best = Best.Select(entry => entry.Step).Where(steps.Contains).ToArray();
        return LoadFirst([.. best, .. steps.Except(best)], strict, warn);
    }

    /// <summary>The checkpoint of one step.</summary>
    /// <exception cref="AtelierException">Kind Checkpoint: it is missing or damaged.</exception>
    public Checkpoint Load(long step)
    {
        var steps = Steps;
        if (!steps.Contains(step))
        {
            var there = steps.Count == 0
                ? "there are none"
                : "there are those of " + string.Join(", ", steps.Reverse());
            throw new AtelierException(
                FailureKind.Checkpoint, $"there is no checkpoint of step {step} in {folder}; {there}");
        }

        var (checkpoint, fault) = Verify(step);
        return checkpoint ?? throw new AtelierException(
            FailureKind.Checkpoint, $"the checkpoint {FolderOf(step)} is damaged: {fault}; use another step");
    }

    /// <summary>
    /// Reads every byte of a checkpoint against its manifest: the checkpoint, or what is wrong with it.
    /// </summary>
    internal (Checkpoint? Checkpoint, string? Fault) Verify(long step)
    {
        var place = FolderOf(step);
        try
        {
            var manifestPath = Path.Combine(place, CheckpointManifest.FileName);
            if (!File.Exists(manifestPath))
                return (null, $"{CheckpointManifest.FileName} is missing, so it was never finished");
            if (new FileInfo(manifestPath).Length > CheckpointManifest.MaximumBytes)
                return (null, $"{CheckpointManifest.FileName} is larger than 1 MB");
            var (manifest, fault) = CheckpointManifest.Parse(File.ReadAllBytes(manifestPath));
            if (manifest is null)
                return (null, fault);
            if (manifest.Step != step)
                return (null, $"its manifest is that of step {manifest.Step}");
            foreach (var file in manifest.Files)
            {
                if (FaultOf(file, Path.Combine(place, file.Name)) is { } wrong)
                    return (null, wrong);
            }

            return (new Checkpoint(place, manifest), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"it cannot be read: {e.Message}");
        }
    }

    /// <summary>Size of the newest checkpoint; 0 where there is none, or it is damaged.</summary>
    internal long NewestBytes()
    {
        var newest = Steps.FirstOrDefault(-1);
        return newest < 0 ? 0 : Verify(newest).Checkpoint?.TotalBytes ?? 0;
    }

    private static string? FaultOf(CheckpointManifestFile file, string path)
    {
        if (!File.Exists(path))
            return $"{file.Name} is missing";
        using var stream =
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        if (stream.Length != file.Bytes)
            return $"{file.Name} ends at byte {stream.Length}, the manifest says {file.Bytes}: " +
                "an incomplete copy";
        return Convert.ToHexStringLower(SHA256.HashData(stream)) == file.Sha256
            ? null
            : $"the content of {file.Name} is not what was saved (its SHA-256 differs)";
    }

    private Checkpoint? LoadFirst(IReadOnlyList<long> steps, bool strict, Action<string>? warn)
    {
        var refused = new List<string>();
        foreach (var step in steps)
        {
            var (checkpoint, fault) = Verify(step);
            if (checkpoint is not null)
                return checkpoint;
            var sentence = $"the checkpoint {FolderOf(step)} is damaged: {fault}";
            if (strict)
                throw new AtelierException(
                    FailureKind.Checkpoint, $"{sentence}; allow an older one, or name a step");
            refused.Add(sentence);
            warn?.Invoke($"{sentence}; trying another");
        }

        return refused.Count == 0
            ? null
            : throw new AtelierException(
                FailureKind.Checkpoint, $"no checkpoint in {folder} is whole: {string.Join("; ", refused)}");
    }

    /// <summary>
    /// Where the checkpoint of a step lies: under its name, or aside if a crash came while it was replaced.
    /// </summary>
    private string FolderOf(long step)
    {
        var place = Path.Combine(folder, CheckpointNames.OfStep(step));
        var aside = Path.Combine(folder, CheckpointNames.ReplacedPrefix + CheckpointNames.OfStep(step));
        return !Directory.Exists(place) && Directory.Exists(aside) ? aside : place;
    }

    private static long? StepOrReplaced(string name) => CheckpointNames.StepOf(
        name.StartsWith(CheckpointNames.ReplacedPrefix, StringComparison.Ordinal)
            ? name[CheckpointNames.ReplacedPrefix.Length..]
            : name);
}
