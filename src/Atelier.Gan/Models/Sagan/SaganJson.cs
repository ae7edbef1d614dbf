using System.Text.Json.Serialization;

namespace Atelier.Gan.Sagan;

/// <summary>How SAGAN's options are spelt in JSON; strict, as BigGAN's are.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(SaganOptions))]
internal sealed partial class SaganJson : JsonSerializerContext;
