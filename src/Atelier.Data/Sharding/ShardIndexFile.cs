using System.Text.Json;
using Atelier.IO;

namespace Atelier.Data;

/// <summary>
/// The index of a sharded dataset on disk: <c>shards.json</c> in the folder of the shards. It is written
/// last, so a folder without it is an unfinished dataset.
/// </summary>
internal static class ShardIndexFile
{
    /// <summary>The name of the index in its folder.</summary>
    public const string FileName = "shards.json";

    /// <summary>The most shards of a dataset.</summary>
    public const int MaxShards = 100_000;

    /// <summary>
    /// The folder of the dataset that a path names, by its folder or by its index; null for anything else.
    /// </summary>
    public static string? FolderOf(string path)
    {
        if (Directory.Exists(path))
            return File.Exists(Path.Combine(path, FileName)) ? Path.TrimEndingDirectorySeparator(path) : null;
        return Path.GetFileName(path) == FileName && File.Exists(path)
            ? Path.GetDirectoryName(Path.GetFullPath(path))
            : null;
    }

    /// <summary>Writes the index atomically; every shard must be in the folder and durable by then.</summary>
    /// <exception cref="AtelierException">Kind Disk: it cannot be written; kind Bug: it breaks a rule that
    /// readers check.</exception>
    public static void Write(string folder, ShardIndex index)
    {
        try
        {
            Check(index);
        }
        catch (FormatException exception)
        {
            throw new AtelierException(FailureKind.Bug,
                $"An index of shards was made wrong: {exception.Message}.",
                exception);
        }

        AtomicFile.Write(Path.Combine(folder, FileName),
            stream => JsonSerializer.Serialize(stream, index, ShardIndexContext.Default.ShardIndex));
    }

    /// <summary>Reads and checks the index of a folder; no shard is opened.</summary>
    /// <exception cref="FormatException">It breaks a rule; the message says which.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ShardIndex Read(string folder)
    {
        using var stream = new FileStream(Path.Combine(folder, FileName), FileMode.Open, FileAccess.Read,
            FileShare.Read);
        if (stream.Length > PackedFormat.MaxHeaderBytes)
        {
            throw new FormatException(FormattableString.Invariant(
                $"its index has {stream.Length} bytes; at most {PackedFormat.MaxHeaderBytes} are read"));
        }

        var json = new byte[stream.Length];
        stream.ReadExactly(json);
        return Parse(json);
    }

    /// <summary>Reads an index from its bytes.</summary>
    /// <exception cref="FormatException">It breaks a rule; the message says which.</exception>
    public static ShardIndex Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var index = JsonSerializer.Deserialize(json, ShardIndexContext.Default.ShardIndex)
                ?? throw new FormatException("its index is null");
            Check(index);
            return index;
        }
        catch (JsonException exception)
        {
            throw new FormatException($"its index is broken: {exception.Message}", exception);
        }
    }

    private static void Check(ShardIndex index)
    {
        Require(index.Format == ShardIndex.FormatName,
            $"its {FileName} is of another program (\"format\" is not \"{ShardIndex.FormatName}\")");
        Require(index.Version == ShardIndex.CurrentVersion, FormattableString.Invariant(
            $"its index has version {index.Version}, and this program reads {ShardIndex.CurrentVersion}"));
        PackedFormat.CheckFacts(index, "its index");
        Require(index.Shards.Count is >= 1 and <= MaxShards, FormattableString.Invariant(
            $"its index names {index.Shards.Count} shards; 1 to {MaxShards} are read"));
        var next = 0L;
        for (var i = 0; i < index.Shards.Count; i++)
        {
            var shard = index.Shards[i];
            Require(shard is not null, "a shard of its index is null");
            // The one name that a shard can have is no path, and no two shards can share a file.
            Require(shard!.File == ShardIndex.FileNameOf(i),
                $"its index names a shard '{shard.File}' where {ShardIndex.FileNameOf(i)} is expected");
            Require(shard.Count >= 1 && PackedFormat.IsHash(shard.ContentHash),
                $"{shard.File} has no images or no SHA-256 in its index");
            next += shard.Count;
        }

        Require(next == index.Count, FormattableString.Invariant(
            $"its shards have {next} images and its index says {index.Count}"));
    }

    private static void Require(bool condition, string fault)
    {
        if (!condition)
            throw new FormatException(fault);
    }
}
