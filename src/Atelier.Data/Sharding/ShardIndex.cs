using System.Globalization;
using System.Text.Json.Serialization;

namespace Atelier.Data;

/// <summary>
/// The index of a sharded dataset: what the header of one packed file of all images would say, and the
/// shards. A shard is an ordinary packed file; put one after another they are the images in the order of the
/// splits, so a shard may hold the end of one split and the beginning of the next. All have the same
/// channels, size and class names. Content hashes of splits are those of the images, wherever shards begin:
/// the same as of one packed file.
/// </summary>
internal sealed record ShardIndex : DatasetFacts
{
    /// <summary>Says what the file is.</summary>
    public const string FormatName = "atelier-shards";

    /// <summary>The only version there is.</summary>
    public const int CurrentVersion = 1;

    /// <summary><see cref="FormatName"/>.</summary>
    [JsonPropertyOrder(-2)]
    public required string Format { get; init; }

    /// <summary><see cref="CurrentVersion"/>.</summary>
    [JsonPropertyOrder(-1)]
    public required int Version { get; init; }

    /// <summary>The shards in order; their counts sum to that of the images.</summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyList<ShardEntry> Shards { get; init; }

    /// <summary>The name of a shard's file, <c>shard-00000.atl</c> for the first.</summary>
    public static string FileNameOf(int shard)
        => string.Create(CultureInfo.InvariantCulture, $"shard-{shard:00000}.atl");
}

/// <summary>
/// Reads and writes the index without reflection; unknown, missing and double keys are errors.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    AllowDuplicateProperties = false, WriteIndented = true, NewLine = "\n",
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ShardIndex))]
internal sealed partial class ShardIndexContext : JsonSerializerContext;
