using System.Text.Json.Serialization;

namespace Atelier.Gan;

/// <summary>The JSON inside a model file's card.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(LatentOptions))]
internal sealed partial class ModelJson : JsonSerializerContext;
