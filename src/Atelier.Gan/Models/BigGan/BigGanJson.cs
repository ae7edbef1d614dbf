using System.Text.Json.Serialization;

namespace Atelier.Gan.BigGan;

/// <summary>
/// How BigGAN's options are spelt in JSON: strict, so that a file of another version is noticed.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(BigGanOptions))]
internal sealed partial class BigGanJson : JsonSerializerContext;
