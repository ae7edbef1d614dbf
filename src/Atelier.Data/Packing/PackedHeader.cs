using System.Text.Json.Serialization;

namespace Atelier.Data;

/// <summary>The JSON header of a packed dataset, as it stands in the file.</summary>
internal sealed record PackedHeader
{
    public required int Count { get; init; }

    public required int Channels { get; init; }

    public required int Height { get; init; }

    public required int Width { get; init; }

    public required IReadOnlyList<string> ClassNames { get; init; }

    public required IReadOnlyList<SplitInfo> Splits { get; init; }

    public required string ContentHash { get; init; }

    public required string Resizer { get; init; }

    public required string Source { get; init; }

    public required int Skipped { get; init; }

    public required long LabelsOffset { get; init; }

    public required long PixelsOffset { get; init; }
}

/// <summary>
/// Reads and writes the header without reflection; unknown, missing and double keys are errors.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PackedHeader))]
internal sealed partial class PackedHeaderContext : JsonSerializerContext;
