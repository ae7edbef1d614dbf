using System.Text.Json.Serialization;

namespace Atelier.Data;

/// <summary>The JSON header of a packed dataset, as it stands in the file.</summary>
internal sealed record PackedHeader : DatasetFacts
{
    /// <summary>Where the labels begin, bytes from the start of the file.</summary>
    public required long LabelsOffset { get; init; }

    /// <summary>Where the pixels begin, bytes from the start of the file.</summary>
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
