using System.Security.Cryptography;
using System.Text;
using Atelier.IO;

namespace Atelier.Data;

/// <summary>
/// Packed forms of folders and archives, kept in a folder of files under names that follow from all that
/// their bytes depend on: the source's path, its listing with sizes and times, the options, and this
/// program's own code. What was not used for longest goes first when the files become too many bytes.
/// </summary>
/// <param name="folder">Where the files lie; created when it is needed.</param>
/// <param name="maxBytes">The most bytes of all files.</param>
/// <param name="warn">Told when something could not be kept or read.</param>
public sealed class PackCache(
    string folder, long maxBytes = PackCache.StandardBytes, Action<string>? warn = null)
{
    /// <summary>4 GiB: a million images of 32 x 32, or 20,000 of 256 x 256.</summary>
    public const long StandardBytes = 4L << 30;

    private const string Suffix = ".atl";
    private const int MostChannels = 3;

    /// <summary>After this an unfinished packing is taken for abandoned.</summary>
    private static readonly TimeSpan PartialAge = TimeSpan.FromDays(1);

    /// <summary>Opens the packed form of a source, and makes it first where there is none.</summary>
    /// <param name="source">The images.</param>
    /// <param name="path">Where they are.</param>
    /// <param name="options">How they are packed, into one file.</param>
    /// <param name="progress">Told of packing.</param>
    /// <param name="cancel">Stops packing; the next call goes on from there.</param>
    /// <returns>The dataset; null when it cannot be kept: the source cannot tell whether it has changed, it
    /// is too large, or the folder cannot be written.</returns>
    /// <exception cref="AtelierException">As <see cref="DatasetPacker.Pack"/>, but for the disk of the
    /// cache.</exception>
    public PackedDataset? TryOpen(ImageSource source, string path, PackOptions options,
        IProgress<PackProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        var needed = (long)source.Count * MostChannels * options.Size.Width * options.Size.Height;
        var splits = DatasetScanner.SelectSplits(source, options);
        if (needed > maxBytes || splits.Count == 0 || source.StructuralOffenders.Count > 0
            || !PackFingerprint.CanTell(source, splits))
            return null;
        var fingerprint = PackFingerprint.Of(source, splits, options, cancel);
        var file = Path.Combine(folder, Key(path, fingerprint) + Suffix);
        try
        {
            Directory.CreateDirectory(folder);
            if (Kept(file) is { } kept) return kept;
            Trim(maxBytes - needed);
            DatasetPacker.Pack(source, file, options, progress, cancel);
            return PackedDataset.Open(file);
        }
        catch (Exception error) when (IsOfTheCache(error))
        {
            warn?.Invoke($"The packed form of '{path}' could not be kept: {error.Message}");
            return null;
        }
    }

    /// <summary>Whether the images may be fine all the same: the disk failed, or another process packs
    /// them.</summary>
    private static bool IsOfTheCache(Exception error) => error is IOException or UnauthorizedAccessException
        or AtelierException { Kind: FailureKind.Disk or FailureKind.Preflight };

    private static string Key(string path, string fingerprint)
    {
        // The same listing is packed into other bytes by a version that decodes or resizes otherwise.
        var code = typeof(PackCache).Assembly.ManifestModule.ModuleVersionId;
        var all = Encoding.UTF8.GetBytes($"{code} {fingerprint} {Path.GetFullPath(path)}");
        return Convert.ToHexStringLower(SHA256.HashData(all))[..32];
    }

    private PackedDataset? Kept(string file)
    {
        if (!File.Exists(file)) return null;
        try
        {
            var dataset = PackedDataset.Open(file);
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow);
            return dataset;
        }
        catch (AtelierException error)
        {
            warn?.Invoke($"A packed copy in the cache is made again: {error.Message}");
            File.Delete(file);
            return null;
        }
    }

    /// <summary>Removes abandoned packings, then the files that were not used for longest.</summary>
    private void Trim(long most)
    {
        var here = new DirectoryInfo(folder);
        foreach (var partial in here.EnumerateDirectories("*" + Suffix + PartialDataset.Suffix))
        {
            if (DateTime.UtcNow - partial.LastWriteTimeUtc > PartialAge)
                partial.Delete(recursive: true);
        }

        var total = 0L;
        foreach (var file in here.EnumerateFiles("*" + Suffix)
            .OrderByDescending(static file => file.LastWriteTimeUtc))
        {
            total += file.Length;
            // A process that reads it keeps what it has mapped.
            if (total > most) file.Delete();
        }
    }
}
