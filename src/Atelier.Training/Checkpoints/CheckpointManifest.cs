using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Atelier.Training.Checkpoints;

/// <summary>
/// MANIFEST.json: what a checkpoint consists of. Written last, so that its presence means completeness.
/// </summary>
internal sealed record CheckpointManifest(
    string Format, int Version, long Step, IReadOnlyList<CheckpointManifestFile> Files, string Checksum)
{
    public const string FileName = "MANIFEST.json";
    public const string FormatName = "atelier-checkpoint";
    public const int CurrentVersion = 1;
    public const int MaximumBytes = 1 << 20;

    [System.Text.Json.Serialization.JsonIgnore]
    public long TotalBytes => Files.Sum(file => file.Bytes);

    public static CheckpointManifest Create(long step, IReadOnlyList<CheckpointManifestFile> files)
    {
        var manifest = new CheckpointManifest(FormatName, CurrentVersion, step, files, "");
        return manifest with { Checksum = manifest.ComputeChecksum() };
    }

    /// <summary>
    /// The only spelling of a manifest: a reader accepts no other, so every flipped bit shows.
    /// </summary>
    public byte[] ToBytes() =>
        [.. JsonSerializer.SerializeToUtf8Bytes(this, CheckpointJson.Default.CheckpointManifest), (byte)'\n'];

    /// <summary>
    /// Reads and checks a manifest's own bytes; a sentence instead of a manifest when they are wrong.
    /// </summary>
    public static (CheckpointManifest? Manifest, string? Fault) Parse(byte[] bytes)
    {
        CheckpointManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(bytes, CheckpointJson.Default.CheckpointManifest);
        }
        catch (JsonException)
        {
            return (null, $"{FileName} is not valid JSON");
        }

        if (manifest is null || manifest.Format != FormatName)
            return (null, $"{FileName} is not that of an Atelier checkpoint");
        if (manifest.Version > CurrentVersion)
            return (
                null,
                $"{FileName} has format version {manifest.Version}, this Atelier reads up to " +
                $"{CurrentVersion}; use a newer one");
        if (manifest.Version < 1 || manifest.Files is null
            || manifest.Files.Any(file => file is null || !IsPartName(file.Name)))
            return (null, $"{FileName} is damaged");
        if (manifest.Checksum != manifest.ComputeChecksum()
            || !manifest.ToBytes().AsSpan().SequenceEqual(bytes))
            return (null, $"{FileName} is damaged: its checksum does not fit");
        return (manifest, null);
    }

    /// <summary>True for a plain file name that cannot leave its folder or hide in it.</summary>
    public static bool IsPartName(string? name) =>
        name is { Length: > 0 and <= 128 } && name != FileName && name[0] != '.'
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    private string ComputeChecksum()
    {
        var text = new StringBuilder().Append(Format).Append('\n').Append(Version).Append('\n').Append(Step)
            .Append('\n');
        foreach (var file in Files)
            text.Append(file.Name).Append('\n').Append(file.Bytes).Append('\n').Append(file.Sha256)
                .Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
