using System.Globalization;
using System.Text;
using System.Text.Json;
using Atelier.IO;
using Atelier.Training.Recipes;

namespace Atelier.Training.RunDirectory;

/// <summary>The directory of one run: where each thing lies, and how the directory comes to be.</summary>
public sealed class RunFolder
{
    private const int NumberDigits = 5;
    private static readonly TimeSpan NumberingPatience = TimeSpan.FromSeconds(5);

    private RunFolder(string path) => Path = path;

    /// <summary>The directory.</summary>
    public string Path { get; }

    /// <summary>The resolved recipe.</summary>
    public string RecipePath => In("recipe.yaml");

    /// <summary>Machine, versions and command line of the latest start.</summary>
    public string EnvironmentPath => In("environment.json");

    /// <summary>The log.</summary>
    public string LogPath => In("log.txt");

    /// <summary>One line a tick.</summary>
    public string StatsPath => In("stats.jsonl");

    /// <summary>One line a metric.</summary>
    public string MetricsPath => In("metrics.jsonl");

    /// <summary>One line a change to the run while it was under way.</summary>
    public string InterventionsPath => In("interventions.jsonl");

    /// <summary>The model file to hand on.</summary>
    public string ModelPath => In("model.safetensors");

    /// <summary>Folder of the sample grids.</summary>
    public string SamplesFolder => In("samples");

    /// <summary>Folder of the checkpoints.</summary>
    public string CheckpointsFolder => In("checkpoints");

    /// <summary>
    /// Makes <c>ROOT/00012-NAME</c> with the next free number; two processes at once get two numbers.
    /// </summary>
    /// <exception cref="AtelierException">Kind Disk: it cannot be created.</exception>
    public static RunFolder CreateNumbered(string root, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return OnDisk(root, () =>
        {
            Directory.CreateDirectory(root);
            using var turn = TakeTurn(System.IO.Path.Combine(root, ".numbering"));
            var last = Directory.EnumerateDirectories(root)
                .Select(path => NumberOf(System.IO.Path.GetFileName(path)))
                .DefaultIfEmpty(-1)
                .Max();
            var number = (last + 1).ToString($"D{NumberDigits}", CultureInfo.InvariantCulture);
            return Prepare(System.IO.Path.Combine(root, $"{number}-{name}"));
        });
    }

    /// <summary>Makes a run directory at a place that is free or an empty folder.</summary>
    /// <exception cref="AtelierException">
    /// Kind Preflight: something is there. Kind Disk: it cannot be created.
    /// </exception>
    public static RunFolder CreateExact(string path) => OnDisk(path, () =>
    {
        CheckFree(path);
        return Prepare(path);
    });

    /// <summary>
    /// Checks that <see cref="CreateExact"/> would find the place free, and changes nothing.
    /// </summary>
    /// <exception cref="AtelierException">Kind Preflight: something is there.</exception>
    public static void CheckFree(string path)
    {
        if (IsRun(path))
        {
            throw new AtelierException(
                FailureKind.Preflight,
                $"{path} already holds a run; go on with it by --resume auto, or choose another --out");
        }

        if (File.Exists(path)
            || (Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).All(IsLeftover)))
            throw new AtelierException(
                FailureKind.Preflight, $"{path} exists and is not an empty folder; choose another --out");
    }

    /// <summary>Opens the directory of a run that was started before.</summary>
    /// <exception cref="AtelierException">Kind Checkpoint: there is no run.</exception>
    public static RunFolder Open(string path) => IsRun(path)
        ? new RunFolder(System.IO.Path.GetFullPath(path))
        : throw new AtelierException(
            FailureKind.Checkpoint,
            $"{path} is not the directory of a run: it has no recipe.yaml; check the path");

    /// <summary>True where a run was started: its resolved recipe is there.</summary>
    public static bool IsRun(string path) => File.Exists(System.IO.Path.Combine(path, "recipe.yaml"));

    /// <summary>The sample grid of a step.</summary>
    public string SamplePath(long step) =>
        System.IO.Path.Combine(
            SamplesFolder, string.Create(CultureInfo.InvariantCulture, $"step-{step:D8}.png"));

    /// <summary>Takes the lock of the directory; hold it while the run lasts.</summary>
    /// <exception cref="AtelierException">Kind Preflight: another process has it.</exception>
    public RunLock Lock() => RunLock.Acquire(In(".lock"));

    /// <summary>
    /// Removes a run that never began; its lock must be held. What cannot be removed stays.
    /// </summary>
    /// <param name="keepsFolder">Empty the directory only: it was there before.</param>
    public void Discard(bool keepsFolder)
    {
        try
        {
            foreach (var file in Directory.EnumerateFiles(Path)) File.Delete(file);
            foreach (var inner in Directory.EnumerateDirectories(Path))
                Directory.Delete(inner, recursive: true);
            if (!keepsFolder) Directory.Delete(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The failure that ended the run is the one to tell.
        }
    }

    /// <summary>Writes the resolved recipe, whole or not at all.</summary>
    public void WriteRecipe(ResolvedRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var yaml = Encoding.UTF8.GetBytes(recipe.ToYaml());
        AtomicFile.Write(RecipePath, stream => stream.Write(yaml), yaml.Length);
    }

    /// <summary>Notes what a run that goes on changes of its recipe.</summary>
    /// <param name="step">The step that it goes on from.</param>
    /// <param name="changes">What differs.</param>
    /// <exception cref="AtelierException">Kind Disk: they cannot be written.</exception>
    public void NoteInterventions(long step, IReadOnlyList<RecipeChange> changes)
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var change in changes)
            InterventionLog.Append(
                this, new Intervention(step, now, change.Field.Path, change.Old, change.New));
    }

    /// <summary>Writes the environment, whole or not at all.</summary>
    public void WriteEnvironment(RunEnvironment environment)
    {
        byte[] json =
        [
            .. JsonSerializer.SerializeToUtf8Bytes(environment, RunJson.Default.RunEnvironment), (byte)'\n',
        ];
        AtomicFile.Write(EnvironmentPath, stream => stream.Write(json), json.Length);
    }

    /// <summary>True for what a start that was killed before the recipe was written leaves behind.</summary>
    private static bool IsLeftover(string path) => System.IO.Path.GetFileName(path) switch
    {
        "samples" or "checkpoints" => Directory.Exists(path)
            && !Directory.EnumerateFileSystemEntries(path).Any(),
        ".lock" or ".lock.owner" => true,
        var name => name.StartsWith(AtomicFile.TemporaryPrefix, StringComparison.Ordinal),
    };

    private static RunFolder Prepare(string path)
    {
        var run = new RunFolder(System.IO.Path.GetFullPath(path));
        Directory.CreateDirectory(run.SamplesFolder);
        Directory.CreateDirectory(run.CheckpointsFolder);
        return run;
    }

    private static long NumberOf(string name)
    {
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        return dash >= NumberDigits
            && long.TryParse(name.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture,
            out var number)
                ? number
                : -1;
    }

    /// <summary>Waits for the kernel's lock on a file; whoever holds it does so for milliseconds.</summary>
    private static FileStream TakeTurn(string path)
    {
        var clock = TimeProvider.System;
        var began = clock.GetTimestamp();
        using var wait = new ManualResetEventSlim();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (clock.GetElapsedTime(began) < NumberingPatience && File.Exists(path))
            {
                wait.Wait(TimeSpan.FromMilliseconds(5));
            }
        }
    }

    private static RunFolder OnDisk(string path, Func<RunFolder> create)
    {
        try
        {
            return create();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskFailure.From(e, path);
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
