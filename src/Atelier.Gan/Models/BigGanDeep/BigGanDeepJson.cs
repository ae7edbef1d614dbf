using System.Text.Json.Serialization;

namespace Atelier.Gan.BigGanDeep;

/// <summary>How BigGAN-deep's options are spelt in JSON; strict, as BigGAN's are.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(BigGanDeepOptions))]
internal sealed partial class BigGanDeepJson : JsonSerializerContext;
